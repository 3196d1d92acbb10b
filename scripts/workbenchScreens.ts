// Part of `npm run screens`: pictures of the workbench, and of WeChat's dialogues as they are drawn.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  findBrowser,
  startServer,
  startSimulator,
  type DrivenPage,
  type LaunchOptions,
} from '@watchword/simulator'
import { chromium, type Browser, type Page } from 'playwright-core'
import { buildApp } from './build'
import { startStack } from './stack'

const target = 'docs/screens/workbench'
const folder = mkdtempSync(join(tmpdir(), 'watchword-screens-'))
const dist = join(folder, 'mp-weixin')
mkdirSync(target, { recursive: true })
const stack = await startStack({
  port: 0,
  wechatPort: 0,
  dataDir: join(folder, 'data'),
  logLevel: 'silent',
})
await buildApp('mp-weixin', { apiBase: stack.backend.url, outDir: dist })
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
async function drawWorkbench(): Promise<void> {
  const server = await startServer({
    dist,
    workbench: {
      wechat: stack.wechatUrl,
      backend: stack.backend.url,
      burstUrl: 'example/diagnostics/diagnostics?burst=100',
    },
  })
  const open = async (options: Parameters<Browser['newContext']>[0]) => {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
    const page = await context.newPage()
    await page.goto(server.url)
    await inPhone(page, '.service').first().waitFor()
    return page
  }
  const save = async (page: Page, name: string) => {
    await page.screenshot({ path: join(target, `${name}.png`) })
    console.log(join(target, `${name}.png`))
  }

  const wide = { locale: 'en-US', viewport: { width: 1440, height: 900 } } as const
  const light = await open(wide)
  await light.getByRole('tab', { name: 'Session' }).click()
  await light.getByRole('button', { name: /^100 requests/ }).click()
  await inPhone(light, '.burst-verdict').waitFor()
  await light.locator('.summary .logins dd').getByText('1', { exact: true }).waitFor()
  await save(light, 'burst')
  await light.context().close()

  const dark = await open({ ...wide, locale: 'zh-CN', colorScheme: 'dark' })
  await dark.getByRole('tab', { name: '手机' }).click()
  await dark.getByRole('radio', { name: 'Android' }).check()
  await inPhone(dark, '.service__book').first().click()
  await inPhone(dark, '#name input').click()
  await inPhone(dark, '#simulator-keyboard').waitFor()
  await save(dark, 'androidDark')
  await dark.context().close()

  const narrow = await open({ locale: 'zh-CN', viewport: { width: 390, height: 844 } })
  await save(narrow, 'narrow')
  await narrow.context().close()
  await server.close()
}

function inPhone(page: Page, selector: string) {
  return page.frameLocator('iframe').locator(selector)
}

/** Each of WeChat's dialogues on both phones, light and dark, on one sheet. */
async function drawDialogues(): Promise<void> {
  const simulator = await startSimulator({
    dist: 'simulator/tests/fixtures/wechatApp',
    wechat: stack.wechatUrl,
  })
  const looks: LaunchOptions[] = [
    { platform: 'ios', theme: 'light', language: 'zh_CN' },
    { platform: 'ios', theme: 'dark', language: 'en' },
    { platform: 'android', theme: 'light', language: 'en' },
    { platform: 'android', theme: 'dark', language: 'zh_CN' },
  ]
  const pictures: string[] = []
  for (const look of looks) {
    for (const [name, show] of Object.entries(dialogues)) {
      const phone = await simulator.launch('', {
        ...look,
        person: 'lin',
        answers: allAsked,
        authSetting: { 'scope.camera': true, 'scope.record': false },
        // Older than the day on which user info came to be given without a question.
        ...(name === 'userInfo' && { sdkVersion: '2.10.0' }),
      })
      await show(phone)
      pictures.push((await phone.page.screenshot({ scale: 'css' })).toString('base64'))
      await phone.page.context().close()
    }
  }
  await simulator.close()
  await saveSheet(pictures, Object.keys(dialogues).length)
}

const asked = [
  ...['getPhoneNumber', 'getRealtimePhoneNumber', 'getUserInfo', 'chooseAvatar', 'openSetting'],
  ...['getLocation', 'requirePrivacyAuthorize', 'showModal', 'showActionSheet'],
]
const allAsked = {
  ...Object.fromEntries(asked.map((name) => [name, 'ask' as const])),
  requirePrivacyAuthorize: 'allow' as const,
}

/** Calls a function of the app's `wx`; does not wait for its answer. */
const call = (phone: DrivenPage, name: string, options: object) =>
  phone.page.evaluate(
    ([name, options]) => {
      const { wx } = window as unknown as { wx: Record<string, (options: object) => void> }
      wx[name]!({ ...options, fail() {} })
    },
    [name, options] as const,
  )

const drawn = (phone: DrivenPage) => phone.page.getByRole('dialog').waitFor()

const dialogues: Record<string, (phone: DrivenPage) => Promise<void>> = {
  phoneNumber: (phone) => phone.tap('.phone').then(() => drawn(phone)),
  realtime: (phone) => phone.tap('.realtime').then(() => drawn(phone)),
  userInfo: (phone) => phone.tap('.user').then(() => drawn(phone)),
  privacy: async (phone) => {
    phone.answer('requirePrivacyAuthorize', 'ask')
    await call(phone, 'setClipboardData', { data: '订单' })
    await drawn(phone)
  },
  locationWithTerms: async (phone) => {
    phone.answer('requirePrivacyAuthorize', 'ask')
    await phone.tap('.locate')
    await drawn(phone)
  },
  location: (phone) => phone.tap('.locate').then(() => drawn(phone)),
  avatar: (phone) => phone.tap('.avatar').then(() => drawn(phone)),
  settings: (phone) => phone.tap('.setting').then(() => drawn(phone)),
  modal: async (phone) => {
    await call(phone, 'showModal', { title: '取消预约', content: '取消后需要重新预约。' })
    await drawn(phone)
  },
  actionSheet: async (phone) => {
    await call(phone, 'showActionSheet', { itemList: ['改日期', '改地址'] })
    await drawn(phone)
  },
  toast: async (phone) => {
    await call(phone, 'showToast', { title: '已保存', duration: 60_000 })
    await phone.page.locator('.simulator-toast').waitFor()
  },
}

async function saveSheet(pictures: string[], columns: number): Promise<void> {
  const page = await browser.newPage({ viewport: { width: columns * 196 + 16, height: 600 } })
  await page.setContent(
    `<body style="margin:0;padding:8px;background:#dfe3e8;display:grid;gap:12px 8px;` +
      `grid-template-columns:repeat(${columns},188px);align-items:start">` +
      pictures.map((data) => `<img width="188" src="data:image/png;base64,${data}">`).join('') +
      '</body>',
  )
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
  await page.screenshot({ path: join(target, 'dialogues.png'), fullPage: true })
  console.log(join(target, 'dialogues.png'))
}

try {
  await drawWorkbench()
  await drawDialogues()
} finally {
  await browser.close()
  await stack.close()
  rmSync(folder, { recursive: true })
}
