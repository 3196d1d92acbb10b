import { isSuccess, type Answer } from './answer'
import { authError, type Backend } from './backend'
import { wantsNewLogin } from './challenge'
import type { Credentials, PhoneNumberGiven } from './dialect'
import { AuthError } from './errors'
import type { Logins } from './login'
import type { LoginCodes } from './loginCode'
import type { Prompts } from './prompts'
import { codeOf, needsProof, refusalOf, refusedAs, refusesCredentials } from './refusal'
import type { Session } from './session'
import { createSubmitCalls, LIMIT, type Kind, type Submit } from './submitCalls'
import { isKnown } from './tokenState'
import type { ButtonDetail, TextCode, TokenState, UserInfoSubmission } from './types'

interface SubmitterOptions {
  session: Session
  logins: Logins
  codes: LoginCodes
  backend: Backend
  prompts: Prompts
}

/** Hands over to the backend what the user gave. */
export interface Submitter {
  /** The user agreed to sign in again. */
  login(credentials?: Credentials): Promise<void>
  userInfo(submission: UserInfoSubmission): Promise<void>
  phoneNumber(given: ButtonDetail | TextCode): Promise<void>
}

/** What a button or a form gave, as the backend gets it. */
interface Given {
  /** How it is sent. */
  say(state: TokenState, body: Record<string, string>): Promise<Answer>
  open: Record<string, string>
  /** Encrypted with the session key: of no use once a login has replaced it. */
  sealed: Record<string, string>
}

export function createSubmitter(options: SubmitterOptions): Submitter {
  const { session, logins, codes, backend, prompts } = options
  const { loggingIn, logIn, send, post } = createSubmitCalls(options)

  /** The session is alive, and only its user can begin one that may do this. */
  function isStuck({ challenges }: Answer): boolean {
    return logins.isForUser && wantsNewLogin(challenges)
  }

  async function upload(
    submit: Submit,
    filePath: string,
    onProgress: UserInfoSubmission['onProgress'],
  ): Promise<string> {
    const before = session.stampSending()
    for (;;) {
      const mayLogIn = submit.key === 'held'
      const { answer, used } = await send(submit, (state) =>
        backend.say('avatar', state, { timeout: LIMIT, filePath, onProgress }),
      )
      // A user who has declined meanwhile has given nothing.
      if (prompts.isDeclined(submit.kind, before)) throw new AuthError('prompt_cancelled')
      if (answer.means === 'unauthorized' && mayLogIn) {
        await logIn(submit, used)
        continue
      }
      if (!isSuccess(answer)) throw authError(codeOf(answer, 'picture_refused'), answer)
      const { avatarUrl } = (answer.data ?? {}) as { avatarUrl?: unknown }
      if (typeof avatarUrl !== 'string') throw authError('protocol', answer)
      return avatarUrl
    }
  }

  /**
   * Hands over what was given. A dead token or key costs a login, and with it what was sealed: the
   * rest is sent all the same, and the user has to press again only for what is still missing then.
   */
  async function give(submit: Submit, { say, open, sealed }: Given): Promise<void> {
    for (;;) {
      if (session.token === undefined) await logIn(submit)
      const mayLogIn = submit.key === 'held'
      const isWhole = mayLogIn || isEmpty(sealed)
      const body = isWhole ? { ...open, ...sealed } : open
      if (isEmpty(body)) throw new AuthError('press_again')
      const outcome = await post(submit, (state) => say(state, body))
      if (outcome === 'arrived') return
      const { answer, used } = outcome
      if (isSuccess(answer)) {
        if (isWhole || isKnown(submit.kind, session.state)) return
        throw new AuthError('press_again')
      }
      if (needsProof(answer)) throw authError('proof_needed', answer)
      const isDead = answer.means === 'unauthorized' && !isStuck(answer)
      if (isDead && mayLogIn) await logIn(submit, used)
      else if (answer.status !== 409)
        throw authError(codeOf(answer, refusedAs(submit.kind, answer)), answer)
      else {
        await logIn(submit)
        if (!mayLogIn || isEmpty(sealed)) throw authError('press_again', answer)
      }
    }
  }

  /**
   * Hands over a number with its text code, which is a login, too: where the user has no other, and no
   * session, that is what it becomes.
   */
  async function prove(submit: Submit, textCode: TextCode): Promise<void> {
    const isLogin = () => logins.isForUser || backend.loginNeeds !== undefined
    const wasLogin = isLogin()
    for (;;) {
      if (session.token === undefined && isLogin()) return void (await logins.login(textCode))
      const outcome = await post(submit, (state) =>
        backend.say('phoneNumber', state, { timeout: LIMIT }, textCode),
      )
      if (outcome === 'arrived' || isSuccess(outcome.answer)) return
      const { answer, used } = outcome
      const isDead = answer.means === 'unauthorized' && !refusesCredentials(answer)
      if (!isDead || isStuck(answer) || submit.key === 'replaced')
        throw authError(codeOf(answer, 'login_rejected'), answer)
      if (isLogin()) return void (await logins.login(textCode))
      // A silent login has taken the session's place meanwhile, perhaps of another person.
      if (wasLogin) throw new AuthError('signed_out')
      await logIn(submit, used)
    }
  }

  function submit(
    kind: Kind,
    detail: ButtonDetail | undefined,
    work: (submit: Submit) => Promise<void>,
  ): Promise<void> {
    const began = session.now
    const refusal = refusalOf(kind, detail)
    const isSealed = !refusal && detail?.encryptedData !== undefined && !detail.code
    const hold = () => (isSealed ? codes.hold(kind) : () => {})
    // From here on it is this submit that holds, but for a login that the one before it makes.
    let release = loggingIn.has(kind) ? () => {} : hold()
    codes.releasePress(kind)
    return prompts
      .submit(kind, 'own', async () => {
        if (refusal) throw new AuthError(refusal)
        session.checkSignedIn(began)
        release()
        release = hold()
        await work({ kind, began, key: 'held', release })
      })
      .finally(() => release())
  }

  return {
    login: (credentials) =>
      prompts.submit('login', 'none', async () => void (await logins.login(credentials))),

    userInfo({ detail, nickname, avatarUrl, onProgress }) {
      return submit('getUserInfo', detail, async (mine) => {
        const sealed = pick(detail, ['encryptedData', 'iv', 'rawData', 'signature'])
        const open: Record<string, string> = nickname ? { nickname } : {}
        if (avatarUrl) open.avatarUrl = await upload(mine, avatarUrl, onProgress)
        const say: Given['say'] = (state, body) =>
          backend.say('userInfo', state, { timeout: LIMIT }, body)
        await give(mine, { say, open, sealed })
      })
    },

    phoneNumber(given) {
      if ('smsCode' in given)
        return submit('getPhoneNumber', undefined, (mine) => prove(mine, { ...given }))
      return submit('getPhoneNumber', given, async (mine) => {
        if (backend.loginNeeds && session.state === null) {
          mine.release()
          await logins.loginWith(given)
          return
        }
        const open = pick(given, ['code'])
        const sealed = isEmpty(open) ? pick(given, ['encryptedData', 'iv']) : {}
        const say: Given['say'] = (state, body) =>
          backend.say('phoneNumber', state, { timeout: LIMIT }, body as PhoneNumberGiven)
        return give(mine, { say, open, sealed })
      })
    },
  }
}

function isEmpty(fields: Record<string, string>): boolean {
  return Object.keys(fields).length === 0
}

function pick(detail: ButtonDetail | undefined, names: (keyof ButtonDetail)[]) {
  const picked: Record<string, string> = {}
  for (const name of names) {
    const value = detail?.[name]
    if (typeof value === 'string' && value) picked[name] = value
  }
  return picked
}
