import { afterEach, expect, it, vi } from 'vitest'
import { en } from '../../../example/texts/en'
import { zhHans } from '../../../example/texts/zhHans'
import { AuthError, HttpError, messages, type AuthErrorCode } from '../../../src/auth/errors'
import { en as sheetEn } from '../../../src/locale/en'
import { zhHans as sheetZhHans } from '../../../src/locale/zhHans'

const { failures } = zhHans

// The app's client reads what is stored as soon as it is there.
vi.stubGlobal('uni', { getStorageSync: () => '' })
const { failureText, isNumberUnavailable, isUndecided } = await import('../../../example/api')
const { languageChoice } = await import('../../../example/language')

afterEach(() => {
  languageChoice.value = 'auto'
})

it.each(['prompt_cancelled', 'prompt_denied', 'signed_out', 'aborted'] as const)(
  'nothing is said of what the user wanted: %s',
  (code) => {
    expect(failureText(new AuthError(code))).toBe('')
  },
)

it.each([
  ['no answer', new AuthError('network'), failures.network],
  ['a slow one', new AuthError('timeout'), failures.network],
  ['a login that failed', new AuthError('login_failed'), failures.login],
  ['privacy terms refused', new AuthError('privacy_refused'), failures.privacy],
  ['a key that changed', new AuthError('press_again'), failures.pressAgain],
  ['a number of somebody else', new AuthError('number_taken'), failures.numberTaken],
  ['a quota used up', new AuthError('quota_exhausted'), failures.noNumber],
  ['an account without the right', new AuthError('not_permitted'), failures.noNumber],
  ['what did not take effect', new AuthError('still_challenged'), failures.noEffect],
  ['a question that could not be shown', new AuthError('prompt_unavailable'), failures.cannotAsk],
  ['a picture that is not taken', new AuthError('picture_refused'), failures.picture],
  ['a scheme from the future', new AuthError('unknown_challenge'), failures.outdated],
  ['an answer that breaks the contract', new AuthError('protocol'), failures.service],
  ['too many tries', new HttpError(429), failures.tooOften],
  ['a broken backend', new HttpError(500), failures.service],
  ['a mistake', new TypeError('undefined'), failures.service],
])('the user reads what to do about %s', (_, error, text) => {
  expect(failureText(error)).toBe(text)
})

it('only an answer that breaks the contract is the service’s fault', () => {
  const codes = Object.keys(messages) as AuthErrorCode[]
  expect(codes.filter((code) => failureText(new AuthError(code)) === failures.service)).toEqual([
    'protocol',
  ])
})

it('what was not answered may have been done; what was refused has not', () => {
  const codes = Object.keys(messages) as AuthErrorCode[]
  const undecided = codes.filter((code) => isUndecided(new AuthError(code)))
  expect(undecided.sort()).toEqual(['network', 'protocol', 'timeout'])
  const statuses = [400, 409, 422, 429, 500, 502, 503]
  expect(statuses.filter((status) => isUndecided(new HttpError(status)))).toEqual([500, 502, 503])
  expect(isUndecided(new TypeError('undefined'))).toBe(false)
})

const alike: AuthErrorCode[] = [
  'still_challenged',
  'prompt_unavailable',
  'picture_refused',
  'number_taken',
  'unknown_challenge',
]
it.each([
  ['zh-Hans', zhHans, sheetZhHans],
  ['en', en, sheetEn],
] as const)('a page says the same as the sheet does, in %s', (language, texts, sheet) => {
  languageChoice.value = language
  const withoutStop = (text: string) => text.replace(/。$/, '')
  expect(alike.map((code) => failureText(new AuthError(code)))).toEqual(
    alike.map((code) => withoutStop(sheet.errors[code])),
  )
  expect(failureText(new TypeError())).toBe(texts.failures.service)
})

it('a phone number is unavailable by the error or by its code', () => {
  expect(isNumberUnavailable(new AuthError('quota_exhausted'))).toBe(true)
  expect(isNumberUnavailable('not_permitted')).toBe(true)
  expect(isNumberUnavailable(new AuthError('prompt_denied'))).toBe(false)
  expect(isNumberUnavailable(undefined)).toBe(false)
})
