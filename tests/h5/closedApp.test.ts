// The example as an app for its own people only, compiled so.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator, type Simulator } from '@watchword/simulator'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { buildApp } from '../../scripts/build'
import { serveFiles } from '../../scripts/serveFiles'
import { copyProject } from '../../scripts/projectCopy'
import {
  inventNumber,
  messagesTo,
  shareBrowser,
  sizes,
  visit,
  type Visitor,
} from './support/visitor'

shareBrowser()

const HOME = 'example/home/home'
const MINE = 'example/mine/mine'
const SIGN_IN = 'example/account/signIn'
const REASON = '仅限本校师生使用'
/** As a card or a code leads there. */
const LINK = 'example/booking/booking?service=family&name=%E5%AE%B6%E5%BA%AD%E6%90%AC%E5%AE%B6'

let folder: string
let site: Awaited<ReturnType<typeof serveFiles>>
let simulator: Simulator
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchword-closed-'))
  const project = await copyProject()
  try {
    await project.change('main.ts', (text) =>
      text
        .replace(
          "import App from './App.vue'",
          "$&\nimport { closedEntry } from 'watchword/sign-in'",
        )
        .replace(
          "home: '/example/home/home',",
          `entry: closedEntry({ page: '/${SIGN_IN}', home: '/${HOME}', reason: '${REASON}' }),`,
        ),
    )
    const { backend: apiBase, oauth, wechat } = inject('platforms')
    const built = { project: project.folder, apiBase, oauth }
    await buildApp('h5', { ...built, outDir: join(folder, 'h5') })
    await buildApp('mp-weixin', { ...built, outDir: join(folder, 'mp-weixin') })
    site = await serveFiles(join(folder, 'h5'))
    simulator = await startSimulator({ dist: join(folder, 'mp-weixin'), wechat })
  } finally {
    await project.remove()
  }
})
afterAll(async () => {
  await simulator?.close()
  site?.close()
  await rm(folder, { recursive: true })
})

/** Waits for the sign-in page, which says why. */
async function refused(visitor: Visitor) {
  await visitor.at('.sign-in-page__reason', { hasText: REASON }).waitFor()
}
const routeOf = ({ page }: Visitor) => new URL(page.url()).hash.replace(/^#\//, '').split('?')[0]
const onSite = () => visit({}, { site: site.url })

describe('a closed app in a browser', () => {
  test('leads a link to the sign-in page, says why, and lets go to the link afterwards', async () => {
    const visitor = await onSite()
    await visitor.open(LINK)
    await refused(visitor)
    await visitor.page.reload()
    await refused(visitor)
    await visitor.signInByText(inventNumber())
    await visitor.at('#submit').waitFor()
    expect(visitor.page.url()).toMatch(/service=family/)
    await visitor.page.reload()
    await visitor.at('#submit').waitFor()
  })

  test('lets nobody in who goes elsewhere, and has no way out of its page', async () => {
    const visitor = await onSite()
    await visitor.open(HOME)
    await refused(visitor)
    await expect.poll(() => visitor.at('.sign-in__cancel').count()).toBe(0)
    await visitor.open(MINE)
    await refused(visitor)
    expect(routeOf(visitor)).toBe(SIGN_IN)
  })

  test('asks again after signing out, and leads home then', async () => {
    const visitor = await onSite()
    const phone = inventNumber()
    await visitor.open(MINE)
    await refused(visitor)
    await visitor.signInByText(phone)
    await visitor.at('.bookings__empty').waitFor()
    await visitor.press('#open-settings')
    await visitor.press('#sign-out')
    await refused(visitor)
    await visitor.signInByText(phone)
    await visitor.at('.service').first().waitFor()
  })

  test('asks for the number of whom WeChat alone knows, and keeps the link meanwhile', async () => {
    const visitor = await visit({ viewport: sizes.computer }, { site: site.url })
    await visitor.open(LINK)
    await refused(visitor)
    await visitor.press('.terms-box__check')
    await visitor.press('.sign-in__method--wechat')
    await visitor.page.locator('input[name="person"]').fill(randomUUID())
    await visitor.page.locator('button[value="allow"]').click()
    await refused(visitor)
    await visitor.fill('#sign-in-code', await visitor.receiveCode(inventNumber()))
    await visitor.press('.sign-in__submit')
    await visitor.at('#submit').waitFor()
    expect(visitor.page.url()).toMatch(/service=family/)
  })
})

describe('a closed mini-program', () => {
  const routes = async (phone: Awaited<ReturnType<Simulator['launch']>>) =>
    (await phone.state()).routes

  test('asks whom the silent login does not know for their number, and lets go to the link', async () => {
    const person = randomUUID()
    const phone = await simulator.launch(LINK, { person, answers: { getPhoneNumber: ['allow'] } })
    await phone.waitFor('.auth-sheet .phone-number-button')
    expect(await routes(phone)).toEqual([SIGN_IN])
    expect(await phone.text('.sign-in-page__reason')).toBe(REASON)
    expect(await phone.text('.auth-sheet__reason')).toBe(REASON)
    await phone.tap('.phone-number-button')
    await phone.waitFor('#submit')
    expect(await routes(phone)).toEqual(['example/booking/booking'])
    expect((await phone.state()).query).toMatchObject({ service: 'family' })

    // Known by now: no sign-in page at the next launch.
    await phone.restart(MINE)
    await phone.waitFor('.bookings__empty')
    expect(await routes(phone)).toEqual([MINE])
    await phone.close()
  })

  test('stays closed for who declines, and opens for their text code', async () => {
    const number = inventNumber()
    const phone = await simulator.launch(HOME, { person: randomUUID() })
    await phone.waitFor('.auth-sheet')
    await phone.tap('.auth-sheet__cancel')
    await phone.waitFor('.sign-in-page__number')
    expect(await routes(phone)).toEqual([SIGN_IN])
    await phone.tap('.sign-in-page__number')
    await phone.waitFor('.auth-sheet__by-text')
    await phone.tap('.auth-sheet__by-text')
    await phone.type('#sign-in-phone', number)
    await phone.tap('.sign-in__send-code')
    await expect.poll(async () => (await messagesTo(number)).length, { timeout: 60_000 }).toBe(1)
    await phone.type('#sign-in-code', (await messagesTo(number)).at(-1)!.code)
    await phone.tap('.sign-in__submit')
    await phone.waitFor('.service')
    expect(await routes(phone)).toEqual([HOME])
    await phone.close()
  })
})
