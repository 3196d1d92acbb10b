/** A page and what it is opened with. */
export interface Target {
  route: string
  query: Record<string, string>
}

/** Takes `../detail/detail?id=1` apart, relative to the page `from`. Values stay encoded, as in WeChat. */
export function parseUrl(url: string, from: string | undefined): Target {
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  const parts = path.startsWith('/') || from === undefined ? [] : from.split('/').slice(0, -1)
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part && part !== '.') parts.push(part)
  }
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
  return { route: parts.join('/').replace(/\.html$/, ''), query }
}

/** Whether the browser finds a source by itself; others are files of the app or of the phone. */
export const isAddress = (src: string): boolean => /^(https?|data|blob):/.test(src)
