import { decoded, decodedTwice, readOptions, readQuery, type Query } from './query'
import { isH5 } from '../uni/target'

/** What is used of an open page; hosts have been seen to leave any of it out. */
export interface OpenPage {
  route?: string
  options?: Record<string, unknown> | null | undefined
  /** uni-app's own record of it. */
  $page?: { id?: unknown; fullPath?: unknown } | null | undefined
}

/** The open pages, the visible one last; none where the host does not tell. */
export function openPages(): OpenPage[] {
  try {
    const pages: unknown = getCurrentPages()
    return Array.isArray(pages) ? pages.filter((page) => page && typeof page === 'object') : []
  } catch {
    return []
  }
}

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
