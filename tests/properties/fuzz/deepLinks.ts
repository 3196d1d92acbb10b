import fc from 'fast-check'
import { readScanScene, takeOAuthReturn } from '../../../src/signIn'
import { isOwnPage } from '../../../src/signIn/ownPage'
import { address, ADDRESS_WORDS } from './addresses'
import { linear } from './linear'
import { mutated } from './mutations'
import { target, type FuzzTarget } from './target'

function openTab(href: string) {
  const tab = {
    location: { href, origin: '', replace() {} },
    history: {
      state: null,
      replaceState: (_state: unknown, _title: string, url: string) =>
        void (tab.location.href = url),
    },
    sessionStorage: {
      getItem: () => '{"state":"7","provider":"wechat-official"}',
      setItem() {},
      removeItem() {},
    },
    crypto: { getRandomValues: (bytes: Uint8Array) => bytes },
  }
  return tab
}

/** An address that WeChat or anybody may send a user to; each value is an encoding. */
const pair = fc
  .tuple(
    fc.constantFrom('code', 'state', 'state', 'wanted-page', 'from', 'codes'),
    fc.oneof(
      fc.constantFrom('7', '8', '0c0de', '/pages/me/me?tab=2', '//evil.example.com', ''),
      fc.string({ unit: 'grapheme' }).filter((text) => !/\p{Cs}/u.test(text)),
    ),
  )
  .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("'", '%27')}`)
const query = fc
  .array(pair, { maxLength: 4 })
  .map((pairs) => pairs.map((one) => `&${one}`).join(''))
const sent = fc
  .tuple(query, query)
  .map(([search, own]) => `https://app.example.com/app?a${search}#/pages/home/home?b${own}`)

const ownPage = mutated(
  fc.constantFrom('/pages/me/me?tab=2&name=%E4%BD%A0', '/a-b/c_d'),
  ADDRESS_WORDS,
)

/** The query of an address and that of its fragment, as the browser reads them. */
function queriesOf(href: string): [URLSearchParams, URLSearchParams] {
  const { search, hash } = new URL(href)
  return [new URLSearchParams(search), new URLSearchParams(hash.split('?').slice(1).join('?'))]
}

/** What WeChat has sent back, and what is left in the address, by the browser's own parser. */
function takeSlowly(href: string) {
  const queries = queriesOf(href)
  const find = (name: string) => queries[0].get(name) ?? queries[1].get(name)
  const [code, state, page] = [find('code'), find('state'), find('wanted-page')]
  if (state !== null)
    for (const one of queries) for (const name of ['code', 'state', 'wanted-page']) one.delete(name)
  const left = queries.map((one) => [...one])
  if (!code || state !== '7') return { left }
  const credentials = { provider: 'wechat-official', code }
  return {
    left,
    returned: page !== null && isOwnSlowly(page) ? { credentials, page } : { credentials },
  }
}

/** Part by part. */
function isOwnSlowly(page: string): boolean {
  const mark = page.indexOf('?')
  const [path, search] = mark < 0 ? [page, ''] : [page.slice(0, mark), page.slice(mark + 1)]
  const [root, ...names] = path.split('/')
  const isName = (name: string) => name !== '' && [...name].every((letter) => /[\w-]/.test(letter))
  const isQuery = [...search].every((letter) => letter.trim() !== '' && !'#\\'.includes(letter))
  return root === '' && names.length > 0 && names.every(isName) && isQuery
}

// A second reader of scenes would have the same line as the first: there is none.
export const DEEP_LINKS: FuzzTarget[] = [
  target(
    'deep links: a page of the app’s own never leads to another origin',
    2_000,
    fc.property(address, (page) => {
      if (!isOwnPage(page)) return true
      return new URL(page, 'https://app.example.com').origin === 'https://app.example.com'
    }),
  ),
  target(
    'deep links: the code that WeChat has sent back does not stay in the address',
    2_000,
    fc.property(address, (href) => {
      const tab = openTab(href)
      const returned = takeOAuthReturn(tab)
      if (!returned) return true
      const { code } = returned.credentials as { code: string }
      // The fragment may have a query, too.
      const [, search = '', hashSearch = ''] =
        /^[^?#]*\??([^#]*)(?:#[^?]*\??(.*))?$/s.exec(tab.location.href) ?? []
      const left = [...search.split('&'), ...hashSearch.split('&')]
      const isOwn = returned.page === undefined || isOwnPage(returned.page)
      return isOwn && code !== '' && !left.some((pair) => /^(code|state)=/.test(pair))
    }),
  ),
  target(
    'deep links: the scene of a code is an id, or nothing',
    1_000,
    fc.property(fc.oneof(address, fc.base64String(), fc.anything()), (scene) => {
      const ids = [scene, { scene }, { query: { scene } }].map(readScanScene)
      return ids.every((id) => id === undefined || /^[\w-]{22}$/.test(id))
    }),
  ),
  target(
    'deep links: what WeChat has sent back is what the browser’s own parser finds',
    2_000,
    fc.property(sent, (href) => {
      const tab = openTab(href)
      const returned = takeOAuthReturn(tab)
      const left = queriesOf(tab.location.href).map((one) => [...one])
      const [found, slow] = [{ left, returned }, takeSlowly(href)].map((one) => JSON.stringify(one))
      if (found !== slow) throw new Error(`${found}, but ${slow} to the browser`)
    }),
  ),
  target(
    'deep links: own pages are told from others as part by part',
    2_000,
    fc.property(ownPage, (page) => isOwnPage(page) === isOwnSlowly(page)),
  ),
  linear(
    'deep links: the address is cleaned',
    (href) => takeOAuthReturn(openTab(href)),
    ADDRESS_WORDS,
  ),
  linear('deep links: own pages are told from others', (page) => isOwnPage(page), ADDRESS_WORDS),
]
