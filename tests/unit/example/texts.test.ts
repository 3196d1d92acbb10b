import { describe, expect, it } from 'vitest'
import * as account from '../../../example/account/texts'
import * as booking from '../../../example/booking/texts'
import * as settings from '../../../example/settings/texts'
import { en } from '../../../example/texts/en'
import { zhHans } from '../../../example/texts/zhHans'

const entries = (texts: object, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([name, text]: [string, string | object]) =>
    typeof text === 'string' ? [[path + name, text]] : entries(text, `${path}${name}.`),
  )

describe.each([
  ['the main package', { en, zhHans }],
  ['the account', account],
  ['booking', booking],
  ['settings', settings],
])('the texts of %s', (_where, { en, zhHans }) => {
  it('say the same in both languages', () => {
    const names = (texts: object) => entries(texts).map(([name]) => name)
    expect(names(en)).toEqual(names(zhHans))
  })

  it('are nowhere empty, and in English nowhere Chinese but for the name of the language', () => {
    expect(entries(zhHans).filter(([, text]) => !text.trim())).toEqual([])
    const chinese = entries(en).filter(([, text]) => !text.trim() || /\p{Script=Han}/u.test(text))
    const named = chinese.filter(([name]) => name !== 'languages.zh-Hans')
    expect(named).toEqual([])
  })

  it('are of four characters at most on the buttons of WeChat’s dialogue', () => {
    const buttons = [zhHans, en].flatMap((texts) =>
      entries(texts).filter(([name]) => /confirm$|cancel$/i.test(name)),
    )
    expect(buttons.filter(([, text]) => text.length > 4)).toEqual([])
  })
})
