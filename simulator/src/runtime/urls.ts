/** A page and what it is opened with. */
export interface Target {
  route: string
  query: Record<string, string>
}

/** What `path`, written in the file `from`, leads to; without `from` it begins at the app's root. */
function partsOf(path: string, from: string | undefined): string[] {
  const parts = path.startsWith('/') || from === undefined ? [] : from.split('/').slice(0, -1)
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part && part !== '.') parts.push(part)
  }
  return parts
}

/** The app's file, from its root on, that `path` names in a page's or component's template. */
export const filePath = (path: string, from: string | undefined): string =>
  `/${partsOf(path, from).join('/')}`

/** Takes `../detail/detail?id=1` apart, relative to the page `from`. Values stay encoded, as in WeChat. */
export function parseUrl(url: string, from: string | undefined): Target {
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  const pairs =
    mark < 0
      ? []
      : url
          .slice(mark + 1)
          .split('&')
          .filter(Boolean)
  const query = Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=')
      return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
    }),
  )
  return {
    route: partsOf(path, from)
      .join('/')
      .replace(/\.html$/, ''),
    query,
  }
}

/** Whether the browser finds a source by itself; others are files of the app or of the phone. */
export const isAddress = (src: string): boolean => /^(https?|data|blob):/.test(src)
