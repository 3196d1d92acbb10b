// `npm run screens`: a picture of each page and of the sheet, in docs/screens.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator, type DrivenPage } from '@watchword/simulator'
import { buildApp } from './build'
import { startStack } from './stack'

const folder = mkdtempSync(join(tmpdir(), 'watchword-screens-'))
const outDir = join(folder, 'mp-weixin')
const stack = await startStack({
  port: 0,
  wechatPort: 0,
  dataDir: join(folder, 'data'),
  logLevel: 'silent',
})
await buildApp('mp-weixin', { apiBase: stack.backend.url, outDir })
const simulator = await startSimulator({ dist: outDir, wechat: stack.wechatUrl })
try {
  await bookAndSignOut()
  await claimCoupon()
} finally {
  await simulator.close()
  await stack.close()
  rmSync(folder, { recursive: true })
}

async function bookAndSignOut(): Promise<void> {
  const phone = await simulator.launch('', { person: 'lin' })
  await phone.waitFor('.service')
  await shoot(phone, 'home')
  await openForm(phone)
  await fillForm(phone)
  await shoot(phone, 'booking')
  await phone.tap('#submit')
  await phone.waitFor('.auth-sheet')
  await shoot(phone, 'sheetPhoneNumber')
  phone.answer('getPhoneNumber', ['refuse', 'allow'])
  await phone.tap('.auth-sheet__allow')
  await phone.waitFor('.auth-sheet__error')
  await shoot(phone, 'sheetRefused')
  await phone.tap('.auth-sheet__allow')
  await phone.waitFor('.booking-done')
  await shoot(phone, 'booked')
  await phone.restart('src/pages/mine/mine')
  await phone.waitFor('.booking')
  await shoot(phone, 'mine')
  await phone.tap('#sign-out')
  await phone.waitFor('#sign-in')
  await shoot(phone, 'mineSignedOut')
  await phone.restart('src/pages/home/home')
  await openForm(phone)
  await fillForm(phone)
  await phone.tap('#submit')
  await phone.waitFor('.auth-sheet')
  await shoot(phone, 'sheetLogin')
  await phone.close()
}

async function claimCoupon(): Promise<void> {
  stack.wechat.person('mei', { unionid: 'encrypted' })
  const phone = await simulator.launch('src/pages/coupon/coupon', { person: 'mei' })
  await shoot(phone, 'coupon')
  await phone.tap('#claim')
  await phone.waitFor('.auth-sheet')
  await shoot(phone, 'promptPage')
  await phone.close()
}

async function openForm(phone: DrivenPage): Promise<void> {
  await phone.waitFor('.service')
  await phone.tap('.service__book')
  await phone.waitFor('#submit')
}

async function fillForm(phone: DrivenPage): Promise<void> {
  await phone.type('#name', '林小舟')
  await phone.type('#phone', '15400001234')
  await phone.type('#address', '梧桐路 8 号 2 栋 301')
  await phone.type('#note', '没有电梯')
  const date = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
  phone.answer('picker', { value: date })
  await phone.tap('#date')
}

/** When all that moves has come to rest. */
async function shoot(phone: DrivenPage, name: string): Promise<void> {
  await phone.page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map(({ finished }) => finished),
    ),
  )
  await phone.screenshot(join('docs/screens', `${name}.png`))
  console.log(`docs/screens/${name}.png`)
}
