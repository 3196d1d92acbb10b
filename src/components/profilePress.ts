import type { ButtonDetail, UserInfoSubmission } from '../auth/types'
import type { Platform } from '../auth/platform'

/** How long the parts of one press may take to come in, in ms. */
const limit = 2_000

export interface ProfilePressOptions {
  after: Platform['after']
  /** Whether the button gives user info beside submitting the form. */
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
 * which order, is not certain, and verdicts can stay away: after 2 s what is there has to do.
 */
export interface ProfilePress {
  /** What is known already stands in the field: there is nothing to be checked. */
  began(nickname: string): void
  /** The nickname is being typed, or WeChat has emptied it. */
  typed(value: string): void
  focused(): void
  /** WeChat begins to check what stands there (WeChat: input, type nickname). */
  blurred(value: string): void
  /** WeChat: bindnicknamereview, from base library 2.29.1 on. */
  reviewed(verdict: { pass?: boolean; timeout?: boolean }): void
  gotForm(nickname: string): void
  gotUserInfo(detail: ButtonDetail): void
  /** Whether a press has a nickname to submit, as far as can be seen now. */
  hasNickname(): boolean
  /** Drops what has come in: it is being submitted, or nobody is there any more. */
  reset(): void
}

export function createProfilePress(options: ProfilePressOptions): ProfilePress {
  let nickname = ''
  let isFocused = false
  let isRejected = false
  let isChecking = false
  /** What was checked last. */
  let checked = ''

  let form: string | undefined
  let detail: ButtonDetail | undefined
  let stopWaiting: (() => void) | undefined

  function reset(): void {
    if (stopWaiting) options.waiting(false)
    stopWaiting?.()
    stopWaiting = form = detail = undefined
  }

  function wait(): void {
    if (stopWaiting) return
    stopWaiting = options.after(limit, finish)
    options.waiting(true)
  }

  function advance(): void {
    wait()
    // Typed, and not in the form: WeChat has emptied the field without telling.
    if (form === '' && nickname.trim() !== '') isRejected = true
    if (form === '') options.refused(isRejected ? 'rejected' : 'missing')
    const hasAll = form !== undefined && (detail !== undefined || !options.givesUserInfo)
    if (hasAll && !isChecking) finish()
  }

  function finish(): void {
    // Where the button has not submitted the form, what was typed has to do.
    const given = form ?? nickname.trim()
    const gave = detail && counts(detail) ? detail : undefined
    if (isRejected || given === '') {
      reset()
      return options.refused(isRejected ? 'rejected' : 'missing')
    }
    reset()
    isChecking = false
    checked = nickname
    options.submit({ nickname: given, ...(gave && { detail: gave }) })
  }

  function reject(): void {
    isRejected = true
    isChecking = false
    reset()
    options.refused('rejected')
  }

  function typed(value: string): void {
    // Without the focus nobody but WeChat empties it.
    if (value === '' && nickname !== '' && !isFocused) reject()
    if (value !== '') isRejected = false
    if (value !== '' && form === '') reset()
    nickname = value
  }

  return {
    reset,
    typed,
    hasNickname: () => nickname.trim() !== '',
    began(value) {
      nickname = checked = value
      isRejected = isChecking = false
    },
    focused() {
      isFocused = true
    },
    blurred(value) {
      typed(value)
      isFocused = false
      isChecking = options.checksNicknames && nickname.trim() !== '' && nickname !== checked
    },
    reviewed({ pass, timeout }) {
      isChecking = false
      checked = nickname
      if (pass === false && !timeout) reject()
      else if (stopWaiting) advance()
    },
    gotForm(value) {
      form = value.trim()
      // The blur, and with it the check, can come after the press that causes it.
      if (options.checksNicknames && isFocused && form && form !== checked) isChecking = true
      advance()
    },
    gotUserInfo(given) {
      detail = given
      advance()
    },
  }
}

/** Data, or a refusal to be told. Any other failure of the button is no reason to lose the form. */
function counts({ encryptedData, errno = 0, errMsg = '' }: ButtonDetail): boolean {
  return (
    !!encryptedData ||
    [102, 103, 104, 112].includes(errno) ||
    /den[yi]|cancel|privacy/i.test(errMsg)
  )
}
