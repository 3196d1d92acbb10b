import { expect, it } from 'vitest'
import { en } from '../../../example/texts/en'
import { zhHans } from '../../../example/texts/zhHans'

const entries = (texts: object, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([name, text]: [string, string | object]) =>
    typeof text === 'string' ? [[path + name, text]] : entries(text, `${path}${name}.`),
  )

it('the pages say the same in both languages', () => {
  const names = (texts: object) => entries(texts).map(([name]) => name)
  expect(names(en)).toEqual(names(zhHans))
})

it('nothing is left empty, and no English text is Chinese but the name of the language', () => {
  expect(entries(zhHans).filter(([, text]) => !text.trim())).toEqual([])
  const chinese = entries(en).filter(([, text]) => !text.trim() || /\p{Script=Han}/u.test(text))
  expect(chinese).toEqual([['settings.languages.zh-Hans', '简体中文']])
})
