import { describe, expect, test } from 'vitest'
import { addEasycomToConfig } from '../../../cli/pagesConfig'

const path = 'pages.config.ts'
const add = (text: string) => addEasycomToConfig(path, text)
const sheet = `'^(AuthSheet|KeyboardBar|PhoneNumberButton|PrivacyNote|ProfileForm)$': 'watchword/components/$1.vue',`
const page = `'^PromptPage$': 'watchword/pages/PromptPage.vue',`

test('the rules go before those of the project', () => {
  const before = `import { defineUniPages } from '@uni-helper/vite-plugin-uni-pages'
import { tabBar } from './src/tabbar/config'

export default defineUniPages({
  globalStyle: { navigationStyle: 'default' },
  easycom: {
    autoscan: true,
    // the kit
    custom: { // by name
      '^kit-(.*)': '@/components/kit-$1/kit-$1.vue',
    },
  },
  tabBar: tabBar as any,
})
`
  const after = add(before)
  expect(after.byHand).toEqual([])
  expect(after.text).toBe(
    before.replace('{ // by name\n', (found) => `${found}      ${sheet}\n      ${page}\n`),
  )
  expect(add(after.text)).toEqual(after)
})

test('a config without easycom gets one, in its own style', () => {
  const before = 'export default defineUniPages({\r\n\tpages: [],\r\n\tx: "y",\r\n});\r\n'
  expect(add(before).text.split('\r\n').slice(0, 8)).toEqual([
    'export default defineUniPages({',
    '\teasycom: {',
    '\t\tcustom: {',
    `\t\t\t${sheet}`,
    `\t\t\t${page}`,
    '\t\t},',
    '\t},',
    '\tpages: [],',
  ])
})

test.each([
  ['a plain object', 'export default {\n  pages: [],\n}\n'],
  ['a constant', 'const config = {\n  pages: [],\n}\nexport default defineUniPages(config)\n'],
  ['a typed object', 'export default {\n  pages: [],\n} satisfies UserPagesConfig\n'],
  ['an empty object', 'export default defineUniPages({})\n'],
  ['an easycom without rules', 'export default {\n  easycom: {\n    autoscan: false,\n  },\n}\n'],
])('%s is a config', (_, before) => {
  const after = add(before)
  expect(after.byHand).toEqual([])
  expect(after.text).toContain(sheet)
  expect(add(after.text)).toEqual(after)
})

describe('what is computed is for the reader', () => {
  test.each([
    ['a function', 'export default defineUniPages(() => ({ pages: [] }))\n'],
    ['an easycom from elsewhere', 'export default { easycom }\n'],
    ['a spread that may have one', 'export default { ...base, pages: [] }\n'],
    ['rules from elsewhere', 'export default { easycom: { custom: rules } }\n'],
  ])('%s', (_, before) => {
    expect(add(before)).toMatchObject({
      text: before,
      byHand: [{ path, reason: { code: 'not_literal' } }],
    })
    expect(add(before).byHand[0]!.lines).toContain(`    ${page}\n`)
  })

  test('the lines added there are found', () => {
    const before = `const rules = {\n  ${sheet}\n  ${page}\n}\nexport default { easycom: { custom: rules } }\n`
    expect(add(before)).toEqual({ text: before, byHand: [] })
  })

  test('rules for one platform are not for all', () => {
    const before = `export default {
  // #ifdef H5
  easycom: { custom: {} },
  // #endif
}
`
    expect(add(before)).toMatchObject({
      text: before,
      byHand: [{ reason: { code: 'conditional' } }],
    })
  })

  test("a component of the reader's own keeps its name", () => {
    const before = "export default { easycom: { custom: { AuthSheet: '@/AuthSheet.vue' } } }\n"
    expect(add(before).byHand).toMatchObject([{ reason: { code: 'component_taken' } }])
  })
})
