import type { ButtonDetail, UserInfoSubmission } from '../auth/types'
import type { Platform } from '../auth/platform'

/** How long the parts of one press may take to come in, in ms. */
const limit = 2_000

export interface ProfilePressOptions {
  after: Platform['after']
  /** Whether the button yields user info beside submitting the form. */
  givesUserInfo: boolean
  /** Whether the host checks nicknames after the blur. */
  checksNicknames: boolean
  /** Whether a part has come in and others are waited for. */
  waiting(isWaiting: boolean): void
  /** There is no nickname, or WeChat's check has not passed it. */
  refused(why: 'missing' | 'rejected'): void
  submit(submission: Pick<UserInfoSubmission, 'nickname' | 'detail'>): void
}

/**
 * One press of the profile form's button. Its parts come in by themselves: the form's content, the
 * user info, and WeChat's verdict on the nickname. Whether one button causes the first two, and in
 * which order, is not certain, and verdicts can stay away: after 2 s it goes on with the parts it has.
 *
 * A form without a nickname says little: WeChat has been seen to submit one although the field shows
 * a nickname that it has passed. That nickname counts. Without WeChat's pass, WeChat has emptied the
 * field, if the user has not.
 */
export interface ProfilePress {
  /** The field starts with a nickname that is known already, and needs no check. */
  began(nickname: string): void
  /** The nickname is being typed, or WeChat has emptied it. */
  typed(value: string): void
  focused(): void
  /** WeChat begins to check the field (WeChat: input, type nickname). */
  blurred(value: string): void
  /** WeChat: bindnicknamereview, from base library 2.29.1 on. */
  reviewed(verdict: { pass?: boolean; timeout?: boolean }): void
  gotForm(nickname: string): void
  gotUserInfo(detail: ButtonDetail): void
  /** Whether a press has a nickname to submit, as far as can be seen now. */
  hasNickname(): boolean
  /** Drops the parts so far: they are being submitted, or the form is gone. */
  reset(): void
}

export function createProfilePress(options: ProfilePressOptions): ProfilePress {
  /** What the field shows, as far as is known. */
  let nickname = ''
  let isFocused = false
  let isRejected = false
  /** What WeChat is checking. */
  let checking: string | undefined
  /** What has its verdict, or has been waited for long enough. */
  let checked = ''
  /** What WeChat has passed, or what was known already. */
  let passed = ''

  let form: string | undefined
  let detail: ButtonDetail | undefined
  /** The press is refused already; what of it still comes in belongs to no other. */
  let isRefused = false
  let stopWaiting: (() => void) | undefined

  function reset(): void {
    if (stopWaiting) options.waiting(false)
    stopWaiting?.()
    stopWaiting = form = detail = undefined
    isRefused = false
  }

  function wait(): void {
    if (stopWaiting) return
    stopWaiting = options.after(limit, finish)
    options.waiting(true)
  }

  /** What there is to submit; empty: nothing. */
  function content(): string {
    // If the form was not submitted, use what was typed.
    if (form === undefined) return nickname
    return form === '' && nickname === passed ? nickname : form
  }

  /** Whether the verdict, or what an empty form means, is about to come in. */
  function isPending(): boolean {
    // The blur that the press causes says what the field shows.
    return checking !== undefined || (form === '' && nickname !== '' && isFocused)
  }

  function advance(): void {
    wait()
    if (isPending()) return
    if (form !== undefined && (detail !== undefined || !options.givesUserInfo)) finish()
    else if (form !== undefined && content() === '') {
      isRefused = true
      refuse()
    }
  }

  function finish(): void {
    const given = content()
    const gave = detail && counts(detail) ? detail : undefined
    reset()
    if (isRejected || given === '') return refuse()
    checking = undefined
    checked = nickname
    options.submit({ nickname: given, ...(gave && { detail: gave }) })
  }

  function refuse(): void {
    // In the field, not in the form, and not passed: WeChat has emptied it without an event.
    options.refused(isRejected || nickname !== '' ? 'rejected' : 'missing')
  }

  function reject(): void {
    isRejected = true
    checking = undefined
    checked = passed = ''
    reset()
    refuse()
  }

  function show(value: string): void {
    // Without the focus nobody but WeChat empties it.
    if (value === '' && nickname !== '' && !isFocused) reject()
    if (value !== '') isRejected = false
    if (value !== '' && isRefused) reset()
    nickname = value
  }

  return {
    reset,
    typed: (value) => show(value.trim()),
    hasNickname: () => nickname !== '',
    began(value) {
      nickname = checked = passed = value.trim()
      isRejected = false
      checking = undefined
    },
    focused() {
      isFocused = true
    },
    blurred(value) {
      show(value.trim())
      isFocused = false
      const isNew = nickname !== '' && nickname !== checked
      checking = options.checksNicknames && isNew ? nickname : undefined
      if (stopWaiting) advance()
    },
    reviewed({ pass, timeout }) {
      checked = checking ?? nickname
      checking = undefined
      if (pass === false && !timeout) return reject()
      if (pass) passed = checked
      if (stopWaiting) advance()
    },
    gotForm(value) {
      form = value.trim()
      // The blur, and with it the check, can come after the press that causes it.
      const shown = form || nickname
      if (options.checksNicknames && isFocused && shown !== '' && shown !== checked) {
        checking = shown
      }
      advance()
    },
    gotUserInfo(given) {
      detail = given
      advance()
    },
  }
}

/** Data, or a refusal to report. Any other failure of the button is no reason to lose the form. */
function counts({ encryptedData, errno = 0, errMsg = '' }: ButtonDetail): boolean {
  return (
    !!encryptedData ||
    [102, 103, 104, 112].includes(errno) ||
    /den[yi]|cancel|privacy/i.test(errMsg)
  )
}
