import fc from 'fast-check'
import { checkBaseURL, resolveURL } from '../../../src/auth/address'
import { isAuthError } from '../../../src/auth/errors'
import { pathOf, readQuery, withQuery } from '../../../src/host/query'
import { parseUrl } from '../../../simulator/src/runtime/urls'
import { linear } from './linear'
import { mutated } from './mutations'
import { target, type FuzzTarget } from './target'

export const ADDRESS_WORDS = [
  ...[
    '/',
    '//',
    '?',
    '#',
    '&',
    '=',
    '%',
    '%2e',
    '%2F',
    '..',
    '.',
    '\\',
    '@',
    ':',
    ' ',
    '+',
    '%E4%BD',
    '%zz',
  ],
  ...[
    'https://',
    'javascript:',
    'api.example.com',
    'evil.example.com',
    'v1',
    'code',
    'state',
    'scene',
  ],
  ...['__proto__', 'wanted-page', '\t', '\u3000', '你'],
]
/** Of a character of two, which no encoding has. */
const HALF = /\p{Cs}/u
const BASE = 'https://api.example.com/v1'
const VALID = fc.constantFrom(
  '/bookings?page=2&sort=date',
  'https://api.example.com/v1/bookings/1#a',
  '/pages/me/me?tab=2&name=%E4%BD%A0',
  'https://app.example.com/?from=ad&code=0c0de&state=7#/pages/me/me?tab=2',
  'bookings/../../admin',
)
export const address = mutated(VALID, ADDRESS_WORDS)

/** The query of an address, by the first of each mark, one after the other. */
function readSlowly(url: string): [string, string][] {
  const mark = url.indexOf('?')
  if (mark < 0) return []
  const decode = (part: string) => {
    try {
      return decodeURIComponent(part)
    } catch {
      return part
    }
  }
  const all = new Map<string, string>()
  for (const pair of url.slice(mark + 1).split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
    all.set(decode(name), decode(value))
  }
  return [...all]
}

const values = fc.dictionary(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.boolean(), fc.integer()),
)

export const ADDRESSES: FuzzTarget[] = [
  target(
    'addresses: what is taken for one under baseURL is that to a browser, too',
    3_000,
    fc.property(address, fc.boolean(), (url, isFinal) => {
      let full: string
      try {
        full = resolveURL(BASE, url, isFinal)
      } catch (error) {
        if (!isAuthError(error, 'protocol')) throw error
        return true
      }
      const { origin, pathname, username } = new URL(full)
      const isUnder = pathname === '/v1' || pathname.startsWith('/v1/')
      return origin === 'https://api.example.com' && isUnder && username === ''
    }),
  ),
  target(
    'addresses: a baseURL that is taken has no query, no fragment and nobody’s name',
    1_000,
    fc.property(address, (url) => {
      try {
        const checked = checkBaseURL(url)
        // Mini-programs have no parser that would find fault with a host.
        if (!URL.canParse(checked, 'https://app.example.com')) return true
        const { search, hash, username } = new URL(checked, 'https://app.example.com')
        return search === '' && hash === '' && username === ''
      } catch (error) {
        if (!isAuthError(error, 'protocol')) throw error
        return true
      }
    }),
  ),
  target(
    'queries: are read as by a slow reader, and by the simulator before decoding',
    2_000,
    fc.property(address, (url) => {
      const own = Object.entries(readQuery(url))
      const slow = Object.entries(Object.fromEntries(readSlowly(url)))
      const pairs = url
        .slice(pathOf(url).length + 1)
        .split('&')
        .filter(Boolean)
      const names = new Set(pairs.map((pair) => pair.split('=')[0]))
      const inSimulator = Object.keys(parseUrl(url, 'pages/home/home').query)
      return JSON.stringify(own) === JSON.stringify(slow) && inSimulator.length === names.size
    }),
  ),
  target(
    'queries: what is put into an address is read out of it',
    1_000,
    fc.property(values, (given) => {
      const url = withQuery('/pages/me/me', given)
      const expected = Object.fromEntries(
        Object.entries(given).map(([name, one]) => [name, String(one)]),
      )
      if (url === undefined)
        return Object.entries(given)
          .flat()
          .some((one) => HALF.test(String(one)))
      const read = readQuery(url)
      return (
        pathOf(url) === '/pages/me/me' &&
        JSON.stringify(Object.entries(read).sort()) ===
          JSON.stringify(Object.entries(expected).sort())
      )
    }),
  ),
  linear(
    'addresses: they are resolved',
    (url) => {
      try {
        return resolveURL(BASE, url)
      } catch {
        return undefined
      }
    },
    ADDRESS_WORDS,
  ),
  linear('queries: they are read', readQuery, ADDRESS_WORDS),
  linear(
    'queries: they are put into an address',
    (url) => withQuery(`/pages/me/me${url}`, { a: 1 }),
    ADDRESS_WORDS,
  ),
]
