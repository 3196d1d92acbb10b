import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import '../e2e/support/accessibility'
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
