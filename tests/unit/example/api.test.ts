import { expect, it, vi } from 'vitest'
import { AuthError, HttpError } from '../../../src/auth/errors'
import { zhHans } from '../../../example/texts/zhHans'

const { failures } = zhHans

// The app's client reads what is stored as soon as it is there.
vi.stubGlobal('uni', { getStorageSync: () => '' })
const { failureText, isNumberUnavailable } = await import('../../../example/api')

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
  ['a quota used up', new AuthError('quota_exhausted'), failures.noNumber],
  ['an account without the right', new AuthError('not_permitted'), failures.noNumber],
  ['an answer that breaks the contract', new AuthError('protocol'), failures.service],
  ['too many tries', new HttpError(429), failures.tooOften],
  ['a broken backend', new HttpError(500), failures.service],
  ['a mistake', new TypeError('undefined'), failures.service],
])('the user is told what to do about %s', (_, error, text) => {
  expect(failureText(error)).toBe(text)
})

it('a phone number is unavailable by the error or by its code', () => {
  expect(isNumberUnavailable(new AuthError('quota_exhausted'))).toBe(true)
  expect(isNumberUnavailable('not_permitted')).toBe(true)
  expect(isNumberUnavailable(new AuthError('prompt_denied'))).toBe(false)
  expect(isNumberUnavailable(undefined)).toBe(false)
})
