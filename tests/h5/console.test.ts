// As `npm run dev:h5` serves it: with all that Vue checks.
import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { anyFreePort } from '../support/ports'
import { fillBooking } from './support/booking'
import { inventNumber, shareBrowser, sizes, visit } from './support/visitor'

shareBrowser()

let server: ChildProcess | undefined
let site: string
beforeAll(async () => {
  const port = await anyFreePort()
  site = `http://127.0.0.1:${port}/`
  server = await serveForDevelopment(port)
})
afterAll(() => server?.kill())

/** Resolves once it serves: it compiles what a page asks for. */
async function serveForDevelopment(port: number): Promise<ChildProcess> {
  const { backend, oauth } = inject('platforms')
  const args = ['scripts/uni.mjs', '-p', 'h5', '--host', '127.0.0.1', '--port', String(port)]
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      NODE_ENV: 'development',
      // uni-app would resolve what it serves for the tests of its own.
      VITEST: undefined,
      VITE_API_BASE: backend,
      VITE_WECHAT_OFFICIAL_APP_ID: oauth.officialAppId,
      VITE_WECHAT_WEB_APP_ID: oauth.webAppId,
      VITE_WECHAT_PAGES: oauth.pages,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  await new Promise<void>((isReady, failed) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        said += text
        if (said.includes('ready in')) isReady()
      })
    }
    child.on('exit', () => failed(new Error(said)))
  })
  return child
}

interface Pages {
  pages: { path: string }[]
  subPackages: { root: string; pages: Pages['pages'] }[]
}

const { pages, subPackages } = JSON.parse(readFileSync('pages.json', 'utf8')) as Pages
const SIGN_IN = 'example/account/signIn'
const routes = [
  ...pages.map(({ path }) => path),
  ...subPackages.flatMap(({ root, pages }) => pages.map(({ path }) => `${root}/${path}`)),
]

// That nothing is said in the console is checked at the end of each visit.
test.each(['phone', 'computer'] as const)(
  'every page is shown to a guest, and to who has signed in, without a warning: $0',
  async (size) => {
    const visitor = await visit({ viewport: sizes[size] }, { site })
    const { page, at, press, open } = visitor
    const showAll = async () => {
      for (const route of routes) {
        await open(route)
        // One may be empty.
        await page.locator('uni-page-body').waitFor({ state: 'attached' })
        // The one that signs in asks on and on whether its code was scanned.
        if (route === SIGN_IN) await at('#sign-in-phone, .service').first().waitFor()
        else await page.waitForLoadState('networkidle')
      }
    }
    await showAll()
    await fillBooking(visitor)
    await press('#submit')
    await at('.auth-sheet #sign-in-phone').waitFor()
    await press('.sign-in__method--password')
    await press('.sign-in__submit')
    await at('.sign-in__error').first().waitFor()
    await press('.sign-in__method--sms')
    await visitor.signInByText(inventNumber())
    await at('.booking-done').waitFor()
    await showAll()
    await open('example/mine/mine')
    await expect.poll(() => at('.booking').count()).toBe(1)
  },
)
