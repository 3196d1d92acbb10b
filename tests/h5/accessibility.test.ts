import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import '../e2e/support/accessibility'
import { fillBooking } from './support/booking'
import { shareBrowser, sizes, visit } from './support/visitor'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

shareBrowser()

const pages = [
  { route: 'example/account/signIn', field: '#sign-in-phone' },
  { route: 'example/account/password', field: '#new-password' },
]
const looks = [
  { size: 'phone', colorScheme: 'light', locale: 'zh-CN' },
  { size: 'computer', colorScheme: 'dark', locale: 'en-US' },
] as const
const each = pages.flatMap((page) => looks.map((look) => ({ ...page, ...look })))

test.each(each)(
  'axe finds nothing (WCAG 2.2, AA) in $route: $size, $colorScheme, $locale',
  async ({ route, field, size, colorScheme, locale }) => {
    const { page, open, at, press } = await visit({ viewport: sizes[size], colorScheme, locale })
    await open(route)
    await at(field).waitFor()
    // With what is said at the fields.
    await press('.sign-in__submit')
    await at('.sign-in__error').first().waitFor()
    await page.evaluate(axe)
    const { violations, passes } = await page.evaluate(() =>
      window.axe.run('.sign-in-page', {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'],
        // `aria-role` is WeChat's attribute (WeChat: Accessibility); the standard one is beside it.
        rules: { 'aria-valid-attr': { enabled: false } },
      }),
    )
    expect(passes.length).toBeGreaterThan(5)
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    ).toEqual([])
  },
)

test.each([
  { width: 375, height: 400 },
  { width: 900, height: 420 },
  { width: 1280, height: 420 },
])('on a short screen all of the sheet can be reached: $width × $height', async (viewport) => {
  const visitor = await visit({ viewport })
  const { at, press } = visitor
  await fillBooking(visitor)
  await press('#submit')
  const last = at('.auth-sheet .sign-in__cancel')
  await last.waitFor()
  const isReached = () =>
    last.evaluate((button) => {
      button.scrollIntoView({ block: 'end' })
      const { left, bottom, width } = button.getBoundingClientRect()
      return button.contains(document.elementFromPoint(left + width / 2, bottom - 4))
    })
  await expect.poll(isReached).toBe(true)
  const text = await at('.auth-sheet__title').evaluate((title) => getComputedStyle(title).fontSize)
  const panel = (await at('.auth-sheet__panel').boundingBox())!
  // As wide for its text as on a phone at least: nothing is squeezed.
  expect(panel.width / parseFloat(text)).toBeGreaterThan(17)
})
