// `npm run screens`: pictures of each page and state of the app, in docs/screens: each state as a sheet of all looks.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser, startSimulator, type DrivenPage, type Simulator } from '@watchword/simulator'
import { chromium } from 'playwright-core'
import { buildApp } from './build'
import { appStates, profileStates, type Scene } from './screenStates'
import { freePort, startStack } from './stack'

const target = 'docs/screens'
/** What the README shows by itself, in the first look. */
const shownAlone = ['home', 'sheetPhoneNumber', 'mine']

const looks = (['zh_CN', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    [1, 1.4].map((fontScale) => ({
      language,
      theme,
      fontScale,
      platform: theme === 'light' ? ('ios' as const) : ('android' as const),
    })),
  ),
)
const pictures = new Map<string, string[]>()

const folder = mkdtempSync(join(tmpdir(), 'watchword-screens-'))
const outDir = join(folder, 'mp-weixin')
const port = await freePort(3000)
mkdirSync(target, { recursive: true })
try {
  await buildApp('mp-weixin', { apiBase: `http://127.0.0.1:${port}`, outDir })
  await drawWith('unionid', appStates)
  await drawWith('profile', profileStates)
  await saveSheets()
} finally {
  rmSync(folder, { recursive: true })
}

/** Goes through the states in every look, with a backend of this policy. */
async function drawWith(
  userInfoPolicy: 'unionid' | 'profile',
  states: (scene: Scene) => Promise<void>,
): Promise<void> {
  const dataDir = join(folder, userInfoPolicy)
  const stack = await startStack({
    port,
    wechatPort: 0,
    dataDir,
    logLevel: 'silent',
    userInfoPolicy,
  })
  const simulator: Simulator = await startSimulator({ dist: outDir, wechat: stack.wechatUrl })
  try {
    for (const [index, look] of looks.entries()) {
      await states({
        launch: (url, person, options) =>
          simulator.launch(url, { ...look, ...options, person: `${person} ${index}` }),
        keepUnionidSecret: (person) =>
          stack.wechat.person(`${person} ${index}`, { unionid: 'encrypted' }),
        shoot,
      })
      console.log(Object.values(look).join(' '))
    }
  } finally {
    await simulator.close()
    await stack.close()
  }
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
  const taken = pictures.get(name) ?? []
  if (taken.length === 0 && shownAlone.includes(name)) {
    await phone.screenshot(join(target, `${name}.png`))
  }
  const picture = await phone.page.screenshot({ scale: 'css' })
  pictures.set(name, [...taken, picture.toString('base64')])
}

/** One picture for each state: Chinese above, English below; each light, then dark, 1 × and 1.4 ×. */
async function saveSheets(): Promise<void> {
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const page = await browser.newPage({ viewport: { width: 4 * 248 + 8, height: 600 } })
  mkdirSync(join(target, 'states'), { recursive: true })
  for (const [name, taken] of pictures) {
    if (taken.length !== looks.length) throw new Error(`${name} was not seen in every look`)
    await page.setContent(
      `<body style="margin:0;padding:8px;background:#dfe3e8;display:grid;gap:8px;` +
        `grid-template-columns:repeat(4,240px);align-items:start">` +
        taken.map((data) => `<img width="240" src="data:image/png;base64,${data}">`).join('') +
        '</body>',
    )
    await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
    await page.screenshot({ path: join(target, 'states', `${name}.png`), fullPage: true })
    console.log(join(target, 'states', `${name}.png`))
  }
  await browser.close()
}
