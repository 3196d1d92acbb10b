import { parse } from 'jsonc-parser'
import { describe, expect, test } from 'vitest'
import { InitError } from '../../../cli/errors'
import { addEasycom, addPage, routesIn } from '../../../cli/pagesJson'

const path = 'src/pages.json'
const page = 'pages/prompt/prompt'
const withEasycom = (text: string) => addEasycom(path, text)
const withPage = (text: string) => addPage(path, text, page)
const both = (text: string) => withPage(withEasycom(text).text).text

interface Pages {
  easycom: { custom: Record<string, string>; autoscan?: boolean }
  pages: { path: string }[]
}
const read = (text: string) => parse(text.replace(/^\uFEFF/, '')) as Pages
const routes = (text: string) => read(text).pages.map((each) => each.path)

/** What is left if the lines that `after` has in addition are taken away, and the commas it needed. */
function withoutAdditions(before: string, after: string): string {
  let rest = after
  let kept = ''
  for (const character of before) {
    const index = rest.indexOf(character)
    if (index < 0) return kept
    kept += character
    rest = rest.slice(index + 1)
  }
  return kept
}

const shapes: Record<string, string> = {
  'with tabs, CRLF and a comment behind a bracket': [
    '{',
    '\t"pages": [ // the first is where the app opens',
    '\t\t{',
    '\t\t\t"path": "pages/index/index"',
    '\t\t}',
    '\t],',
    '\t"globalStyle": {}',
    '}',
    '',
  ].join('\r\n'),
  'with objects that begin where another ends': `{
    "pages": [{
        "path": "pages/index/index"
    }, {
        "path": "pages/mine/mine"
    }]
}
`,
  'with trailing commas and comments behind items': `{
  // easycom comes from uni_modules
  "pages": [
    { "path": "pages/index/index", }, // home
    { "path": "pages/mine/mine" }, /* mine */
  ],
}
`,
  'in one line': '{"pages":[{"path":"pages/index/index"}]}',
  'in one line with spaces': '{ "pages": [ { "path": "pages/index/index" } ] }\n',
  'with a byte order mark': '\uFEFF{\n  "pages": [\n    { "path": "pages/index/index" }\n  ]\n}\n',
  'with a comment behind the first brace': `{ // the app's pages
  "pages": [
    { "path": "pages/index/index" } // home
  ]
}`,
  'with an empty easycom': '{\n  "easycom": {},\n  "pages": [{ "path": "pages/index/index" }]\n}\n',
  'with rules of easycom': `{
  "easycom": {
    "autoscan": true,
    "custom": {
      "^wd-(.*)": "wot-design-uni/components/wd-$1/wd-$1.vue" // wot
    }
  },
  "pages": [
    { "path": "pages/index/index" }
  ]
}
`,
}

describe.each(Object.entries(shapes))('a pages.json %s', (_, before) => {
  test('gets the rules and the page, and keeps all it has', () => {
    const after = both(before)
    expect(routes(after)).toEqual([...routes(before), page])
    expect(read(after).easycom.custom).toMatchObject({
      '^PromptPage$': 'watchword/pages/PromptPage.vue',
      ...read(before).easycom?.custom,
    })
    expect(withoutAdditions(before, after)).toBe(before)
    expect(after.includes('\r')).toBe(before.includes('\r'))
    expect(/[^\r]\n/.test(after) && before.includes('\r')).toBe(false)
  })

  test('is the same after a second time', () => {
    expect(both(both(before))).toBe(both(before))
  })
})

test('new lines are indented as the others are', () => {
  const shape = 'with tabs, CRLF and a comment behind a bracket'
  expect(both(shapes[shape]!).split('\r\n').slice(0, 8)).toEqual([
    '{',
    '\t"easycom": {',
    '\t\t"custom": {',
    '\t\t\t"^(AuthSheet|KeyboardBar|PhoneNumberButton|PrivacyNote|ProfileForm)$": "watchword/components/$1.vue",',
    '\t\t\t"^PromptPage$": "watchword/pages/PromptPage.vue"',
    '\t\t}',
    '\t},',
    '\t"pages": [ // the first is where the app opens',
  ])
})

test('a comment stays behind the item it is about', () => {
  const after = both(shapes['with trailing commas and comments behind items']!)
  expect(after).toContain('{ "path": "pages/index/index", }, // home\n')
  expect(after).toContain(
    '"pages/mine/mine" }, /* mine */\n    { "path": "pages/prompt/prompt" },\n',
  )
})

describe('conditional comments', () => {
  const last = `{
  "pages": [
    { "path": "pages/index/index" },
    // #ifdef H5
    { "path": "pages/web/web" }
    // #endif
  ]
}
`
  const comma = `{
  "pages": [
    { "path": "pages/index/index" } // home
    // #ifdef H5
    ,{ "path": "pages/web/web" }
    // #endif
  ]
}
`
  test.each([last, comma])('the page is outside of them', (before) => {
    const after = withPage(before)
    expect(after.byHand).toEqual([])
    expect(routes(after.text)).toEqual(['pages/index/index', page, 'pages/web/web'])
    const elsewhere = after.text.replace(/\/\/ #ifdef H5\n.*\n\s*\/\/ #endif/, '')
    expect(routes(elsewhere)).toEqual(['pages/index/index', page])
  })

  test('nested ones are followed to their end', () => {
    const before = `{
  "pages": [
    { "path": "pages/index/index" },
    /* #ifndef H5 */
    /* #ifdef MP-WEIXIN */
    { "path": "pages/a/a" },
    /* #endif */
    { "path": "pages/b/b" },
    /* #endif */
    { "path": "pages/c/c" }
  ]
}
`
    expect(routes(withPage(before).text).at(-1)).toBe(page)
  })

  test('where all is in them, the lines are for the reader', () => {
    const before = `{
  // #ifdef MP-WEIXIN
  "easycom": { "custom": { "^a$": "a.vue" } },
  "pages": [{ "path": "pages/index/index" }],
  // #endif
  "globalStyle": {}
}
`
    for (const edit of [withEasycom(before), withPage(before)]) {
      expect(edit.text).toBe(before)
      expect(edit.byHand).toMatchObject([{ path, reason: { code: 'conditional' } }])
    }
    expect(withPage(before).byHand[0]!.lines).toContain('{ "path": "pages/prompt/prompt" }')
  })

  test('a file that only its compiler can read is not broken', () => {
    const before = `{
  // #ifdef H5
  "pages": [{ "path": "pages/a/a" }]
  // #endif
  // #ifndef H5
  "pages": [{ "path": "pages/b/b" }]
  // #endif
}
`
    expect(withPage(before).byHand).toMatchObject([{ reason: { code: 'conditional' } }])
    expect(withEasycom(before).byHand).toMatchObject([{ reason: { code: 'conditional' } }])
  })
})

describe('easycom', () => {
  const rules = (custom: string) =>
    `{\n  "easycom": { "custom": { ${custom} } },\n  "pages": []\n}\n`

  test('the package goes before a rule that matches everything', () => {
    const after = withEasycom(rules('"^(.*)$": "@/components/$1.vue"'))
    expect(Object.keys(read(after.text).easycom.custom).at(-1)).toBe('^(.*)$')
  })

  test('rules that do the same are enough', () => {
    const before = rules(
      '"^(AuthSheet|KeyboardBar|P[A-Za-z]+Button|PrivacyNote|Pro.*)$": "watchword/components/$1.vue", "PromptPage": "watchword/pages/PromptPage.vue"',
    )
    expect(withEasycom(before)).toEqual({ text: before, byHand: [] })
  })

  test('only what lacks is added', () => {
    const before = rules('"^PromptPage$": "watchword/pages/PromptPage.vue"')
    expect(Object.values(read(withEasycom(before).text).easycom.custom)).toEqual([
      'watchword/components/$1.vue',
      'watchword/pages/PromptPage.vue',
    ])
  })

  test("a component of the reader's own keeps its name", () => {
    const before = rules('"^AuthSheet$": "@/components/AuthSheet.vue"')
    const after = withEasycom(before)
    expect(after.text).toBe(before)
    expect(after.byHand).toMatchObject([{ reason: { code: 'component_taken' } }])
    expect(after.byHand[0]!.lines).toContain('"^PromptPage$": "watchword/pages/PromptPage.vue"')
  })

  test('a pattern that is no regular expression is left to uni-app', () => {
    const before = rules('"^(": "a.vue"')
    expect(read(withEasycom(before).text).easycom.custom['^(']).toBe('a.vue')
  })

  test('a value that is no object is left alone', () => {
    const before = '{\n  "easycom": true,\n  "pages": []\n}\n'
    expect(withEasycom(before)).toMatchObject({
      text: before,
      byHand: [{ reason: { code: 'not_literal' } }],
    })
  })
})

test.each(['{ "globalStyle": {} }', '{ "pages": [] }', '{}'])(
  'without any page the prompt page would open first: %s',
  (before) => {
    const after = withPage(before)
    expect(after.text).toBe(before)
    expect(after.byHand).toMatchObject([{ reason: { code: 'no_pages' } }])
  },
)

test('an empty object gets the rules', () => {
  expect(withEasycom('{}').text).toBe(`{
  "easycom": {
    "custom": {
      "^(AuthSheet|KeyboardBar|PhoneNumberButton|PrivacyNote|ProfileForm)$": "watchword/components/$1.vue",
      "^PromptPage$": "watchword/pages/PromptPage.vue"
    }
  }
}`)
})

test('a broken file is reported by line and column', () => {
  const broken = '{\n  "pages": [\n    { "path": "pages/index/index" }\n  "globalStyle": {}\n}\n'
  for (const edit of [withEasycom, withPage]) {
    let error: unknown
    try {
      edit(broken)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(InitError)
    expect((error as InitError).problem).toEqual({ code: 'unreadable', path, line: 4, column: 3 })
  }
})

test.each(['', '[]', '"text"'])('a file without an object is broken: %j', (text) => {
  expect(() => withPage(text)).toThrow(InitError)
})

test('the routes of subpackages have their root', () => {
  const text = `{
  "pages": [{ "path": "pages/index/index" }],
  "subPackages": [{ "root": "pages/shop/", "pages": [{ "path": "cart" }] }],
  "subpackages": [{ "root": "more", "pages": [{ "path": "about/about" }] }]
}`
  expect(routesIn(path, text)).toEqual({
    pages: ['pages/index/index', 'pages/shop/cart', 'more/about/about'],
    roots: ['pages/shop', 'more'],
  })
})
