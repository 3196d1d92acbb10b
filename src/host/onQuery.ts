import { onLoad, onUnload } from '@dcloudio/uni-app'
import { listen, unlisten } from './pendingQuery'
import { queryOf } from './pageQuery'
import { openPages } from '../uni/openPages'
import type { Query } from './query'

/**
 * Calls the listener with the page's query, decoded once on every host: when the page loads, and on a
 * tab page each time `navigate` switches to it with a query. Call it once, in the `setup` of a page.
 * The query is an empty object if the page has none.
 * @example
 * import { onQuery } from 'watchword/host'
 *
 * onQuery(({ service = '' }) => uni.setNavigationBarTitle({ title: service }))
 */
export function onQuery(listener: (query: Query) => void): void {
  let path = ''
  onLoad((options) => {
    // Not spread: uni-h5's pages are proxies that show no keys.
    const { route, $page } = openPages().pop() ?? {}
    path = `/${route}`
    listener(listen(path, listener) ?? queryOf({ $page, options }))
  })
  onUnload(() => unlisten(path, listener))
}
