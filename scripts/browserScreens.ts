// Part of `npm run screens`: pictures of the app in a browser, in docs/screens/browser, on a phone and on a computer.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { browserStates } from './browserStates'
import { buildApp } from './build'
import { openBrowser, saveSheets, takePicture } from './pictureSheets'
import { serveFiles } from './serveFiles'
import { startStack } from './stack'

const looks = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
].flatMap((viewport) =>
  (['zh-CN', 'en-US'] as const).flatMap((locale) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ viewport, locale, colorScheme })),
  ),
)
const rows = [
  [240, 240, 240, 240],
  [488, 488],
  [488, 488],
]

const folder = mkdtempSync(join(tmpdir(), 'watchword-screens-'))
const stack = await startStack({
  ...{ port: 0, wechatPort: 0, dataDir: join(folder, 'data'), logLevel: 'silent' as const },
  smsResend: 'off',
})
const outDir = join(folder, 'h5')
await buildApp('h5', { apiBase: stack.backend.url, oauth: stack.oauth, outDir })
const site = await serveFiles(outDir)
const browser = await openBrowser()
const pictures = new Map<string, string[]>()
try {
  for (const [index, look] of looks.entries()) {
    await browserStates({
      phone: (person) => `154000${person}${String(index).padStart(4, '0')}`,
      async newPage() {
        const context = await browser.newContext(look)
        const page = await context.newPage()
        // uni-h5's stylesheet loads a picture from DCloud's servers.
        await page.route(/^https:/, (route) => route.fulfill({ status: 204 }))
        return page
      },
      site: site.url,
      wechat: stack.wechatUrl,
      shoot,
    })
    console.log(look.viewport.width, look.locale, look.colorScheme)
  }
  await saveSheets('docs/screens/browser', pictures, rows)
} finally {
  await browser.close()
  site.close()
  await stack.close()
  rmSync(folder, { recursive: true })
}

async function shoot(page: Page, name: string): Promise<void> {
  pictures.set(name, [...(pictures.get(name) ?? []), await takePicture(page)])
}
