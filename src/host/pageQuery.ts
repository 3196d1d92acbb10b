import { decoded, decodedTwice, readOptions, readQuery, type Query } from './query'
import type { OpenPage } from '../uni/openPages'
import { isH5 } from '../uni/target'

/** What the page was opened with; a tab page keeps it, whatever it is switched to with later. */
export function queryOf({ $page, options }: OpenPage): Query {
  return (isH5 && queryInH5($page)) || readOptions(options)
}

/**
 * uni-h5 decodes once more what its router has decoded; the router writes blanks as plus signs.
 * @returns `undefined`: an app of one page has no router, and no query in its url.
 */
function queryInH5($page: OpenPage['$page']): Query | undefined {
  const [url = ''] = String($page?.fullPath).split('#')
  if (!url.includes('?')) return undefined
  const query = readQuery(url.replace(/\+/g, ' '))
  // Its navigation encodes what the url has encoded (encodeQueryString() in its dist/uni-h5.es.js). A page
  // that an address has opened has the id 1; a reload leaves the id as it is. Such an address may be one that
  // navigation has made: it was shared, or another site leads back to it.
  return Number($page?.id) > 1 ? decoded(query) : decodedTwice(query)
}
