import type { Answer } from './answer'
import { httpError, isSuccess, type Backend } from './backend'
import { AuthError, isAuthError, type AuthErrorCode } from './errors'
import type { Logins } from './login'
import type { LoginCodes } from './loginCode'
import type { Prompts } from './prompts'
import type { Session } from './session'
import type { AuthEndpoints, ButtonDetail, TokenState, UserInfoSubmission } from './types'

/** ms, of each call a submit makes. */
const LIMIT = 30_000

interface SubmitterOptions {
  session: Session
  logins: Logins
  codes: LoginCodes
  backend: Backend
  prompts: Prompts
  endpoints: AuthEndpoints
}

/** Hands over to the backend what the user gave. */
export interface Submitter {
  userInfo(submission: UserInfoSubmission): Promise<void>
  phoneNumber(detail: ButtonDetail): Promise<void>
}

type Flag = 'hasUserInfo' | 'hasPhoneNumber'

export function createSubmitter(options: SubmitterOptions): Submitter {
  const { session, logins, codes, backend, prompts, endpoints } = options

  /** After a network failure: whether the submit had arrived all the same. */
  async function hasArrived(flag: Flag, before: TokenState | null): Promise<boolean> {
    try {
      const sent = session.mark()
      const answer = await backend.call({
        url: endpoints.tokenState,
        method: 'GET',
        token: session.token,
        timeout: LIMIT,
      })
      session.renew(answer.tokenState, sent)
      const { state } = session
      const isNewer = before?.[flag] !== true || (state?.version ?? 0) > (before.version ?? 0)
      return isSuccess(answer) && state?.[flag] === true && isNewer
    } catch {
      return false
    }
  }

  async function send(
    isEncrypted: boolean,
    call: (token: string) => Promise<Answer>,
    flag?: Flag,
  ): Promise<Answer> {
    const { signOuts } = session
    const stillSignedIn = () => {
      if (session.signedOut || session.signOuts !== signOuts) throw new AuthError('signed_out')
    }
    const login = async (refused?: string) => {
      stillSignedIn()
      codes.release()
      await (refused === undefined ? logins.login() : logins.replace(refused))
      stillSignedIn()
      // What WeChat encrypted belongs to the key before this login.
      if (isEncrypted) throw new AuthError('press_again')
    }

    stillSignedIn()
    let mayLogIn = session.token !== undefined
    if (!mayLogIn) await login()
    for (;;) {
      const used = session.token!
      const before = session.state
      const sent = session.mark()
      let answer: Answer
      try {
        answer = await call(used)
      } catch (error) {
        stillSignedIn()
        if (flag && isAuthError(error) && error.code !== 'protocol') {
          codes.release()
          if (await hasArrived(flag, before)) return { status: 204 } as Answer
        }
        throw error
      }
      stillSignedIn()
      session.renew(answer.tokenState, sent)
      if (answer.status === 409) {
        await login()
        throw failed('press_again', answer)
      }
      if (answer.status !== 401 || !mayLogIn) return answer
      mayLogIn = false
      await login(used)
    }
  }

  async function deliver(
    isEncrypted: boolean,
    call: (token: string) => Promise<Answer>,
    flag?: Flag,
  ): Promise<Answer> {
    const answer = await send(isEncrypted, call, flag)
    const { status } = answer
    if (isSuccess(answer)) return answer
    if (status === 401) throw failed('login_rejected', answer)
    const isBusy = status === 429 || status >= 500
    throw failed(isBusy ? 'network' : flag ? 'press_again' : 'picture_refused', answer)
  }

  function submit(
    kind: 'getUserInfo' | 'getPhoneNumber',
    detail: ButtonDetail | undefined,
    work: () => Promise<unknown>,
  ): Promise<void> {
    return prompts.submit(kind, async () => {
      try {
        const refusal = refusalOf(kind, detail)
        if (refusal) throw new AuthError(refusal)
        // Nothing is encrypted with the session key: logins need not wait.
        if (!detail?.encryptedData || detail.code) codes.release()
        await work()
      } finally {
        codes.release()
      }
    })
  }

  function post(url: string, body: Record<string, string>) {
    return (used: string) =>
      backend.call({ url, method: 'POST', body, token: used, timeout: LIMIT })
  }

  return {
    userInfo({ detail, nickname, avatarUrl, onProgress }) {
      return submit('getUserInfo', detail, async () => {
        const body = pick(detail, ['encryptedData', 'iv', 'rawData', 'signature'])
        const isEncrypted = 'encryptedData' in body
        if (nickname) body.nickname = nickname
        if (avatarUrl) {
          const { cancels } = prompts
          const stored = await deliver(isEncrypted, (used) =>
            backend.upload({
              url: endpoints.avatar,
              token: used,
              filePath: avatarUrl,
              timeout: LIMIT,
              onProgress,
            }),
          )
          const { avatarUrl: address } = (stored.data ?? {}) as { avatarUrl?: unknown }
          if (typeof address !== 'string') throw failed('protocol', stored)
          // Whoever has declined meanwhile has given nothing.
          if (prompts.cancels !== cancels) throw new AuthError('prompt_cancelled')
          body.avatarUrl = address
        }
        if (Object.keys(body).length === 0) throw new AuthError('press_again')
        await deliver(isEncrypted, post(endpoints.userInfo, body), 'hasUserInfo')
      })
    },

    phoneNumber(detail) {
      return submit('getPhoneNumber', detail, async () => {
        const body = detail.code ? { code: detail.code } : pick(detail, ['encryptedData', 'iv'])
        if (Object.keys(body).length === 0) throw new AuthError('press_again')
        const isEncrypted = !('code' in body)
        await deliver(isEncrypted, post(endpoints.phoneNumber, body), 'hasPhoneNumber')
      })
    },
  }
}

function pick(detail: ButtonDetail | undefined, names: (keyof ButtonDetail)[]) {
  const picked: Record<string, string> = {}
  for (const name of names) {
    const value = detail?.[name]
    if (typeof value === 'string' && value) picked[name] = value
  }
  return picked
}

function failed(code: AuthErrorCode, answer: Answer): AuthError {
  const { status, requestId, retryAfter } = answer
  return new AuthError(code, { status, requestId, retryAfter, cause: httpError(answer) })
}

/** The errno values are WeChat's (通用错误码; 手机号快速验证组件); the texts vary by client and age. */
function refusalOf(kind: string, detail: ButtonDetail | undefined): AuthErrorCode | undefined {
  const { errno, errMsg = '' } = detail ?? {}
  // The button of a number proved at this moment is another open type, its data the same.
  if (!detail || errMsg.replace('Realtime', '') === `${kind}:ok`) return undefined
  if (errno === 1400001) return 'quota_exhausted'
  // The text of 112 speaks of the privacy agreement too: the number decides first.
  if (errno === 102 || errno === 112) return 'not_permitted'
  if (errno === 103 || errno === 104 || /privacy/i.test(errMsg)) return 'privacy_refused'
  if (/no permission/i.test(errMsg)) return 'not_permitted'
  return 'prompt_denied'
}
