// Pictures of one state in all looks, on one sheet.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser } from '@watchword/simulator'
import { chromium, type Page } from 'playwright-core'

const chromiumArgs = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
const gap = 8

/** A browser without windows. */
export async function openBrowser() {
  return chromium.launch({ executablePath: await findBrowser(), args: chromiumArgs })
}

/** When all that moves has come to rest. */
export async function takePicture(page: Page): Promise<string> {
  // What begins to move does so by the next frame.
  await page.evaluate(
    () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go))),
  )
  await page.evaluate(() =>
    // One that is taken back rejects.
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map(({ finished }) => finished),
    ),
  )
  const picture = await page.screenshot({ scale: 'css' })
  return picture.toString('base64')
}

/**
 * Saves a sheet for each state: its pictures in rows, each `width` px wide, as many in a row as there are
 * widths. @throws Error where a state was not seen in every look
 */
export async function saveSheets(
  folder: string,
  pictures: ReadonlyMap<string, string[]>,
  rows: readonly (readonly number[])[],
): Promise<void> {
  const browser = await openBrowser()
  const width = Math.max(...rows.map((row) => row.reduce((sum, one) => sum + one + gap, gap)))
  const page = await browser.newPage({ viewport: { width, height: 600 } })
  mkdirSync(folder, { recursive: true })
  for (const [name, taken] of pictures) {
    if (taken.length !== rows.flat().length) throw new Error(`${name} was not seen in every look`)
    const left = [...taken]
    const drawn = rows.map((row) => row.map((one) => image(left.shift()!, one)).join(''))
    await page.setContent(
      `<body style="margin:0;padding:${gap}px;background:#dfe3e8;display:grid;gap:${gap}px">` +
        drawn.map((row) => `<div style="display:flex;gap:${gap}px">${row}</div>`).join('') +
        '</body>',
    )
    await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
    const path = join(folder, `${name}.png`)
    await page.screenshot({ path, fullPage: true })
    console.log(path)
  }
  await browser.close()
}

const image = (data: string, width: number) =>
  `<img width="${width}" src="data:image/png;base64,${data}">`
