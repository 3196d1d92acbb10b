import { expect, test } from 'vitest'
import { shareOpenings } from '../../../scripts/sharedStyles'

/** Long enough for a file of its own. */
const rule = (name: string) => `.${name}{content:"${name.repeat(200)}"}`
const dark = (name: string) => `@media (prefers-color-scheme: dark){.${name}{color:#fff}}`
const button = rule('button') + dark('button')
const look = rule('look')

const share = (sheets: Record<string, string>) =>
  Object.fromEntries(
    shareOpenings(Object.entries(sheets).map(([file, css]) => ({ file, css }))).map(
      ({ file, css }) => [file, css],
    ),
  )

test('what sheets begin with becomes files that they import, all rules in the same order', () => {
  const sheets = {
    'src/components/Sheet.wxss': `${button}${look}.sheet{color:red}`,
    'src/components/Button.wxss': button,
    'src/components/Form.wxss': `${button}${look}.form{color:red}`,
    'src/pages/home/home.wxss': '.home{color:red}',
  }
  const imports = (...numbers: number[]) =>
    numbers.map((number) => `@import "../../common/style${number}.wxss";`).join('')
  expect(share(sheets)).toEqual({
    'common/style1.wxss': button,
    'common/style2.wxss': look,
    'src/components/Sheet.wxss': `${imports(1, 2)}.sheet{color:red}`,
    'src/components/Button.wxss': imports(1),
    'src/components/Form.wxss': `${imports(1, 2)}.form{color:red}`,
  })
})

test.each<[string, string, string]>([
  ['too short to be worth a file', '.a{color:red}.b{color:red}', '.a{color:red}.c{color:red}'],
  ['not at the beginning', `.a{color:red}${look}`, `.b{color:red}${look}`],
  ['inside one rule only', `@media print{${look}}`, `@media print{${look}.b{color:red}}`],
  ['not understood, for a bracket in a text', `${look}.a{content:"}"}`, `${look}.b{content:"}"}`],
])('sheets stay as they are where what they share is %s', (_, one, other) => {
  expect(share({ 'one.wxss': one, 'other.wxss': other })).toEqual({})
})
