// `npm run bench:updates`: what the sheet sends to the view (setData), from the tap until it is still.
// Counts, not times: they are the same on every machine. The app is the example, in the simulator.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator, type DrivenPage } from '@watchword/simulator'
import { buildApp } from '../scripts/build'
import { fillForm, openForm } from '../scripts/screenStates'
import { startStack } from '../scripts/stack'

const folder = mkdtempSync(join(tmpdir(), 'watchword-bench-'))
const dist = join(folder, 'mp-weixin')
const stack = await startStack({
  port: 0,
  wechatPort: 0,
  dataDir: join(folder, 'data'),
  logLevel: 'silent',
  userInfoPolicy: 'profile',
})
try {
  await buildApp('mp-weixin', { apiBase: stack.backend.url, outDir: dist })
  await measure()
} finally {
  await stack.close()
  rmSync(folder, { recursive: true })
}

async function measure(): Promise<void> {
  const simulator = await startSimulator({ dist, wechat: stack.wechatUrl })
  const phone = await simulator.launch('', {
    person: 'lin',
    answers: { getPhoneNumber: ['refuse', 'allow'], getUserInfo: ['allow'] },
  })
  await openForm(phone)
  await fillForm(phone)
  // After the date the form's chain moves on to the name.
  await phone.page.locator('#name input:focus').waitFor({ timeout: 4_000 })
  await withoutKeyboard(phone, '.keyboard-bar__done')
  await count(phone, 'opening the sheet for the number', '#submit', '.phone-number-button')
  await count(phone, 'a refusal in WeChat', '.phone-number-button', '.auth-sheet__error')
  await count(
    phone,
    'the number, until the profile is asked',
    '.phone-number-button',
    '.profile-form',
  )
  await phone.type('.profile-form__nickname', '小舟')
  await withoutKeyboard(phone, '.auth-sheet__title')
  await count(phone, 'the profile, until it is booked', '.profile-form__submit', '.booking-done')
  await phone.close()
  await simulator.close()
}

/** What the page's own bar does when the keyboard goes is no update of the sheet. */
async function withoutKeyboard(phone: DrivenPage, tapped: string) {
  await phone.tap(tapped)
  await phone.locate('.keyboard-bar').waitFor({ state: 'hidden', timeout: 4_000 })
  await phone.settle()
}

async function count(phone: DrivenPage, what: string, tapped: string, until: string) {
  await phone.resetUpdates()
  await phone.tap(tapped)
  await phone.waitFor(until)
  await phone.settle()
  const { calls, bytes } = await phone.updates()
  console.log(`${what.padEnd(40)} ${calls} calls, ${bytes} bytes`)
}
