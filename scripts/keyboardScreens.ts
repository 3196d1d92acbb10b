// `npm run screens`: the booking form filled by keys, step by step, on phones and in H5: docs/screens/keyboard.png.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser, startSimulator, type LaunchOptions } from '@watchword/simulator'
import { chromium, type Page } from 'playwright-core'
import { buildApp } from './build'
import { serveFiles } from './serveFiles'
import { freePort, startStack } from './stack'

/** Invented. */
const typed = { name: 'lin', phone: '15400001234', address: 'wutong', note: 'no lift' }

const booking = 'example/booking/booking?service=family'
const folder = mkdtempSync(join(tmpdir(), 'watchword-keyboard-'))
const port = await freePort(3000)
const apiBase = `http://127.0.0.1:${port}`
const rows: { title: string; steps: { caption: string; picture: string }[] }[] = []

const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: ['--no-sandbox', '--disable-gpu'],
})
const stack = await startStack({
  port,
  wechatPort: 0,
  dataDir: join(folder, 'data'),
  logLevel: 'silent',
})
try {
  const [app, h5] = [join(folder, 'mp-weixin'), join(folder, 'h5')]
  await buildApp('mp-weixin', { apiBase, outDir: app })
  await onPhone(app, 'iPhone, by its keys and the bar', { platform: 'ios' })
  await onPhone(app, 'Android, the same', { platform: 'android', theme: 'dark', language: 'en' })
  await buildApp('h5', { apiBase, outDir: h5 })
  await inBrowser(h5)
  await saveSheet()
} finally {
  await browser.close()
  await stack.close()
  rmSync(folder, { recursive: true })
}

/** A row of pictures; `step` takes one once the field has the focus, `picker` once it has its turn. */
function createRow(title: string, page: Page) {
  const steps: (typeof rows)[number]['steps'] = []
  rows.push({ title, steps })
  return async (caption: string, field: string) => {
    await page.waitForFunction(
      (id) =>
        document.activeElement?.closest('[id]')?.id === id ||
        document.querySelector(`.field--current #${id}`),
      field,
    )
    await page.evaluate(() =>
      Promise.allSettled(document.getAnimations().map(({ finished }) => finished)),
    )
    steps.push({ caption, picture: (await page.screenshot({ scale: 'css' })).toString('base64') })
  }
}

async function onPhone(dist: string, title: string, look: LaunchOptions): Promise<void> {
  const simulator = await startSimulator({ dist, wechat: stack.wechatUrl })
  const phone = await simulator.launch(booking, { ...look, person: title })
  const step = createRow(title, phone.page)
  const next = look.language === 'en' ? 'Next' : '下一项'
  await phone.waitFor('#submit')
  phone.answer('picker', { value: dayFromNow(7) })
  await phone.tap('#date')
  await step('a day is picked', 'name')
  for (const key of typed.name) await phone.key(key)
  await phone.key(next)
  await step(`${typed.name}, ${next}`, 'phone')
  for (const key of typed.phone) await phone.key(key)
  await step('the eleventh digit', 'address')
  for (const key of typed.address) await phone.key(key)
  await phone.key(next)
  await step(`${typed.address}, ${next}`, 'note')
  await phone.tap('#name')
  await step('a tap back', 'name')
  await phone.key(next)
  await step(`${next}, again`, 'phone')
  for (let i = 0; i < 2; i++) await phone.tap('.keyboard-bar__next')
  await step('twice on by the bar', 'note')
  for (let i = 0; i < 4; i++) await phone.tap('.keyboard-bar__previous')
  await step('back to the picker', 'date')
  await phone.close()
  await simulator.close()
}

async function inBrowser(outDir: string): Promise<void> {
  const files = await serveFiles(outDir)
  const page = await browser.newPage({ viewport: { width: 375, height: 667 } })
  // uni-h5's stylesheet loads a picture from DCloud's servers.
  await page.route(/^https:/, (route) => route.fulfill({ status: 204 }))
  await page.goto(`${files.url}#/${booking}`)
  const step = createRow('H5, by Enter', page)
  await page.locator('#submit').click()
  await page.locator('.uni-picker-toggle').waitFor()
  await step('submitted empty: the picker opens', 'date')
  await page.keyboard.press('Enter')
  await step('Enter', 'name')
  await page.keyboard.type(typed.name)
  await page.keyboard.press('Enter')
  await step(`${typed.name}, Enter`, 'phone')
  await page.keyboard.type(typed.phone)
  await step('the eleventh digit', 'address')
  await page.keyboard.type(typed.address)
  await page.keyboard.press('Enter')
  await step(`${typed.address}, Enter`, 'note')
  await page.keyboard.type(typed.note)
  await page.locator('#name input').click()
  await step(`${typed.note}, a click back`, 'name')
  await page.keyboard.press('Enter')
  await step('Enter, again', 'phone')
  await page.keyboard.press('Shift+Tab')
  await step('Shift+Tab', 'name')
  await page.close()
  files.close()
}

async function saveSheet(): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 8 * 208 + 8, height: 600 } })
  const figure = ({ caption, picture }: { caption: string; picture: string }) =>
    `<figure style="margin:0"><img width="200" src="data:image/png;base64,${picture}">` +
    `<figcaption>${caption}</figcaption></figure>`
  await page.setContent(
    '<body style="margin:0;padding:8px;background:#dfe3e8;font:13px sans-serif">' +
      rows
        .map(
          ({ title, steps }) =>
            `<h2 style="margin:8px 0;font-size:16px">${title}</h2>` +
            '<div style="display:grid;grid-template-columns:repeat(8,200px);gap:8px">' +
            `${steps.map(figure).join('')}</div>`,
        )
        .join('') +
      '</body>',
  )
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
  await page.screenshot({ path: 'docs/screens/keyboard.png', fullPage: true })
  console.log('docs/screens/keyboard.png')
}

/** `YYYY-MM-DD`, in the time zone of the phone. */
function dayFromNow(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
