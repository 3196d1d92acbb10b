import { onLoad, onUnload } from '@dcloudio/uni-app'
import { listen, unlisten } from './pendingQuery'
import { openPages, queryOf } from './openPages'
import type { Query } from './query'

/**
 * Calls back with what the page is opened with, decoded alike on every host: when it loads, and a
 * tab page also each time `navigate` switches to it with a query. To be called once, in the
 * `setup` of a page.
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
