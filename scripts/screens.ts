// `npm run screens`: pictures of each page and state of the app, in docs/screens: each state as a sheet of all looks.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator, type DrivenPage, type Simulator } from '@watchword/simulator'
import { buildApp } from './build'
import { saveSheets, takePicture } from './pictureSheets'
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
  // Chinese above, English below; each light, then dark, 1 × and 1.4 ×.
  const row = looks.slice(4).map(() => 240)
  await saveSheets(join(target, 'states'), pictures, [row, row])
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
        backend: stack.backend.url,
        shoot,
      })
      console.log(Object.values(look).join(' '))
    }
  } finally {
    await simulator.close()
    await stack.close()
  }
}

async function shoot(phone: DrivenPage, name: string): Promise<void> {
  const picture = await takePicture(phone.page)
  const taken = pictures.get(name) ?? []
  if (taken.length === 0 && shownAlone.includes(name)) {
    await phone.screenshot(join(target, `${name}.png`))
  }
  pictures.set(name, [...taken, picture])
}
