import type { HeaderValue, Platform } from '../wire'

/**
 * How the names of answer headers reach the app. `ios`: `Www-Authenticate`; `android` (and
 * DevTools): `WWW-Authenticate`; `lower`: HTTP/2; `upper`; or a function of the lower-case name.
 */
export type HeaderSpelling = 'ios' | 'android' | 'lower' | 'upper' | ((name: string) => string)

const capitalise = (name: string) => name.replace(/(^|-)([a-z])/g, (part) => part.toUpperCase())

const spellings: Record<
  Exclude<HeaderSpelling, (name: string) => string>,
  (n: string) => string
> = {
  ios: capitalise,
  android: (name) =>
    capitalise(name)
      .replace(/^Www-/, 'WWW-')
      .replace(/^Etag$/, 'ETag'),
  lower: (name) => name,
  upper: (name) => name.toUpperCase(),
}

/** The spelling a phone of this kind uses over HTTP/1. */
export const spellingOf = (platform: Platform): HeaderSpelling =>
  platform === 'ios' ? 'ios' : 'android'

/**
 * Raw headers (name, value, name, value …) in the form an app sees. Repeated headers are joined
 * by a comma, or with `values: 'array'` every value becomes an array.
 */
export function spellHeaders(
  rawHeaders: readonly string[],
  spelling: HeaderSpelling,
  values: 'string' | 'array',
): Record<string, HeaderValue> {
  const collected = new Map<string, string[]>()
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase()
    collected.set(name, [...(collected.get(name) ?? []), rawHeaders[i + 1]!])
  }
  const spell = typeof spelling === 'function' ? spelling : spellings[spelling]
  return Object.fromEntries(
    [...collected].map(([name, list]) => [spell(name), values === 'array' ? list : list.join(',')]),
  )
}

/** Every value of a header, whose name is given in lower case; one that is repeated has several. */
export const valuesOf = (rawHeaders: readonly string[], name: string): string[] =>
  rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name)
