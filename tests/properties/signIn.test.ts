import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AuthError, HttpError } from '../../src/auth/errors'
import type { AuthTask } from '../../src/auth/types'
import { flush } from '../support/clock'
import { createHost, type PendingCall } from '../support/host'
import { outcomeOf, type Outcome } from '../support/outcome'
import { KEY, openClient, stateOf } from '../support/client'

const schedules = Number(process.env.SIGN_IN_SCHEDULES ?? 4_000)
/** The same schedules each time; a failure names its seed and path. */
const seed = Number(process.env.SIGN_IN_SEED ?? 20_260_202)

/**
 * One step. Nothing happens by itself: each answer of WeChat and of the backend is a step of its own,
 * so that any of them may come before or after any other.
 */
type Step =
  | { do: 'request'; page: 'home' | 'booking' | 'none' }
  | { do: 'abort'; which: number }
  | { do: 'login' }
  | { do: 'logout' }
  | { do: 'verify' }
  | { do: 'submitLogin' }
  /** A login by phone number, where there is no silent one. */
  | { do: 'submitCode' }
  /** What the user does in another tab, where there are tabs. */
  | { do: 'otherTab'; stores: 'session' | 'nothing' | 'signedOut' }
  | { do: 'cancelPrompt' }
  | { do: 'preparePress' }
  | { do: 'press'; kind: 'getUserInfo' | 'getPhoneNumber' }
  | { do: 'releasePress'; kind: 'getUserInfo' | 'getPhoneNumber' }
  | { do: 'submitPhone'; detail: 'encrypted' | 'code' | 'denied' }
  | { do: 'leave' }
  | { do: 'return' }
  | { do: 'wxLogin'; which: number; gives: 'code' | 'failure' }
  | { do: 'checkSession'; isAlive: boolean }
  | { do: 'answer'; which: number; with: Answer }
  /** What a listener does at the next change, or an interceptor at the next sending. */
  | { do: 'listen'; at: 'change' | 'sending'; then: 'abort' | 'logout' | 'verify' | 'cancelPrompt' }
  | { do: 'pass'; ms: number }

type Answer = 'success' | 'refusal' | 'phone' | 'userInfo' | 'failure' | 'lost'

const which = fc.nat(11)
const kind = fc.constantFrom('getUserInfo' as const, 'getPhoneNumber' as const)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('request' as const),
      page: fc.constantFrom('home' as const, 'booking' as const, 'none' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('abort' as const), which }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        ...(['login', 'logout', 'verify', 'submitLogin', 'cancelPrompt', 'preparePress'] as const),
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('press' as const, 'releasePress' as const), kind }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('submitPhone' as const),
      detail: fc.constantFrom('encrypted' as const, 'code' as const, 'denied' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('submitCode' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('otherTab' as const),
      stores: fc.constantFrom('session' as const, 'nothing' as const, 'signedOut' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('leave' as const, 'return' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('wxLogin' as const),
      which,
      gives: fc.constantFrom('code' as const, 'code' as const, 'failure' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('checkSession' as const), isAlive: fc.boolean() }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      which,
      with: fc.constantFrom<Answer>(
        ...(['success', 'success', 'refusal', 'phone', 'userInfo', 'failure', 'lost'] as const),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('listen' as const),
      at: fc.constantFrom('change' as const, 'sending' as const),
      then: fc.constantFrom(...(['abort', 'logout', 'verify', 'cancelPrompt'] as const)),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(500, 1_500, 3_000, 10_000, 60_000),
    }),
  },
)

const schedule = fc.record({
  hasSession: fc.boolean(),
  isSilent: fc.boolean(),
  steps: fc.array(step, { minLength: 3, maxLength: 30 }),
})

const textCode = { phone: '13800138000', smsCode: '123456' }

/** A call of wx.login that has not been answered. */
interface WxLogin {
  give(code: string): void
  fail(): void
}

/** The client on a host that answers when a step says so, and what must hold after each. */
function open(hasSession: boolean, isSilent: boolean) {
  const host = createHost({ without: isSilent ? [] : ['login', 'checkSession'] })
  const wxLogins: WxLogin[] = []
  const checks: ((isAlive: boolean) => void)[] = []
  const broken: string[] = []
  const outcomes: Outcome<unknown>[] = []
  const tasks: { task: AuthTask<unknown>; outcome: Outcome<unknown> }[] = []
  /** What the model knows: the key of WeChat, and that of the backend. */
  const key = { wechat: 'stored', backend: 'stored' }
  let codes = 0
  let tokens = 0
  let isOut = false
  let seen: unknown = null

  const { send } = host.platform
  host.platform.send = (call) => {
    for (const intercept of [...interceptors]) intercept()
    return send(call)
  }
  host.encrypts = () => isSilent
  host.pages = ['home', 'booking']
  const login = () => {
    // It may replace the key as soon as it is called.
    key.wechat = `called-${codes + wxLogins.length}`
    return new Promise<string>((resolve, reject) => {
      wxLogins.push({
        give(code) {
          key.wechat = code
          resolve(code)
        },
        fail: () => reject({ errMsg: 'login:fail' }),
      })
    })
  }
  if (isSilent) {
    host.platform.login = login
    host.platform.checkSession = () => new Promise((resolve) => checks.push(resolve))
  }
  const { auth } = openClient({ host, ...(hasSession && { token: 'stored' }) })

  const must = (holds: boolean, what: string) => void (holds || broken.push(what))
  const pendingTasks = () => tasks.filter(({ outcome }) => outcome.is === 'pending')

  function check(): void {
    const { prompt } = auth
    must(prompt === null || pendingTasks().length > 0, 'no prompt is open for nobody')
    must(!isOut || auth.tokenState === null, 'the session does not come back after a logout')
    if (prompt !== seen && prompt?.status === 'open' && prompt.error === undefined) {
      const isNew = (seen as { kind?: string } | null)?.kind !== prompt.kind
      const isReady = prompt.kind === 'login' || !isSilent || key.wechat === key.backend
      // A login that could not be made does not keep it from opening.
      if (isNew && !isReady) must(state.loginFailed, 'a prompt opens on a key the backend has')
    }
    seen = prompt
  }

  const state = { loginFailed: false }
  const listeners: (() => void)[] = []
  const interceptors = new Set<() => void>()

  auth.subscribe(check)

  function replyOf(call: PendingCall, answer: Answer) {
    const { line, authorization = '', body } = call
    const token = () => stateOf(`t${++tokens}`)
    const isLogin = line === 'POST /auth/login'
    const code = isLogin
      ? ((body as { code?: string }).code ?? 'of a text message')
      : /^WxLogin (.*)$/.exec(authorization)?.[1]
    if (answer === 'lost') return undefined
    if (answer === 'failure') return { status: 500 }
    if (answer === 'refusal') return { status: 401 }
    if (code !== undefined) {
      key.backend = code
      state.loginFailed = false
    }
    const brings = code === undefined ? {} : { tokenState: token() }
    if (answer === 'success' || line.includes(' /auth/')) {
      return { status: 200, data: { data: line, ...brings } }
    }
    const challenges = answer === 'phone' ? 'getPhoneNumber' : 'getUserInfo'
    return { status: 401, data: { ...brings, challenges } }
  }

  async function answer(call: PendingCall, how: Answer): Promise<void> {
    const reply = replyOf(call, how)
    const isLogin = call.line === 'POST /auth/login' || call.authorization?.startsWith('WxLogin')
    if (isLogin && (how === 'failure' || how === 'refusal' || how === 'lost')) {
      state.loginFailed = true
    }
    if (reply) await call.answer(reply.status, reply.data)
    else await call.fail('network')
  }

  const watch = <T>(promise: Promise<T>) => {
    const outcome = outcomeOf(promise)
    outcomes.push(outcome)
    return outcome
  }

  const act: { [D in Step['do']]: (step: Extract<Step, { do: D }>) => unknown } = {
    request({ page }) {
      const { pages } = host
      host.pages = page === 'none' ? [] : [...pages.filter((one) => one !== page), page]
      const task = auth.request(`/${tasks.length}`)
      host.pages = pages.includes(page) || page === 'none' ? pages : host.pages
      tasks.push({ task, outcome: watch(task) })
    },
    abort: ({ which }) => tasks[which % tasks.length]?.task.abort(),
    login() {
      isOut &&= !isSilent
      watch(auth.login())
    },
    logout() {
      const left = auth.logout()
      isOut = true
      state.loginFailed = false
      watch(left)
    },
    verify: () => watch(auth.verify()),
    submitLogin() {
      isOut &&= !isSilent
      watch(auth.submitLogin())
    },
    submitCode() {
      if (isSilent) return
      isOut = false
      watch(auth.submitLogin(textCode))
    },
    otherTab({ stores }) {
      if (isSilent) return
      // Where the user is signed out already, it is no news: a login under way here is a later act.
      if (stores === 'signedOut') isOut ||= !auth.signedOut
      else isOut = false
      const session = { state: stateOf(`t${++tokens}`), at: host.clock.now() }
      const stored = { session, nothing: undefined, signedOut: { signedOut: true } }[stores]
      return host.storeElsewhere(KEY, JSON.stringify(stored))
    },
    cancelPrompt: () => auth.cancelPrompt(),
    preparePress: () => watch(auth.preparePress('getPhoneNumber')),
    press: ({ kind }) => auth.pressPrompt(kind),
    releasePress: ({ kind }) => auth.releasePress(kind),
    submitPhone({ detail }) {
      if (detail !== 'denied') isOut &&= !isSilent
      const given = detail === 'code' ? { code: 'c' } : { encryptedData: 'e', iv: 'i' }
      const errMsg = detail === 'denied' ? 'getPhoneNumber:fail user deny' : 'getPhoneNumber:ok'
      watch(auth.submitPhoneNumber({ errMsg, ...given }))
    },
    leave() {
      host.pages = host.pages.filter((page) => page !== 'booking')
      auth.pageUnloaded()
    },
    return: () => (host.pages = ['home', 'booking']),
    wxLogin({ which, gives }) {
      const [call] = wxLogins.splice(which % (wxLogins.length || 1), 1)
      if (gives === 'code') call?.give(`code-${++codes}`)
      else if (call) {
        state.loginFailed = true
        call.fail()
      }
    },
    checkSession: ({ isAlive }) => checks.shift()?.(isAlive),
    answer({ which, with: how }) {
      const call = host.onWire[which % (host.onWire.length || 1)]
      return call && answer(call, how)
    },
    listen({ at, then }) {
      let isOver = false
      const react = () => {
        if (isOver) return
        end()
        if (then === 'abort') pendingTasks()[0]?.task.abort()
        else if (then === 'logout') act.logout({ do: 'logout' })
        else if (then === 'verify') watch(auth.verify())
        else auth.cancelPrompt()
      }
      const unsubscribe = at === 'change' ? auth.subscribe(react) : () => interceptors.delete(react)
      if (at === 'sending') interceptors.add(react)
      const end = () => {
        isOver = true
        unsubscribe()
      }
      listeners.push(end)
    },
    pass({ ms }) {
      // What stays silent is a login that could not be made.
      if (ms >= 3_000) state.loginFailed = true
      return host.clock.advance(ms)
    },
  }

  return {
    host,
    auth,
    broken,
    outcomes,
    check,
    take: (step: Step) => (act[step.do] as (step: Step) => unknown)(step),

    /** The world goes on by itself and stops: whatever waits has an end. */
    async settle() {
      for (const end of listeners) end()
      if (isSilent) {
        host.platform.login = () => Promise.resolve(`code-${++codes}`)
        host.platform.checkSession = () => Promise.resolve(true)
      }
      for (let round = 0; round < 4; round++) {
        for (let turn = 0; turn < 8; turn++) {
          await flush()
          for (const call of wxLogins.splice(0)) call.fail()
          for (const answered of checks.splice(0)) answered(true)
          for (const call of [...host.onWire]) {
            if (host.onWire.includes(call)) await answer(call, 'success')
          }
        }
        auth.cancelPrompt()
        await host.clock.advance(61_000)
      }
    },
  }
}

it(`ends every login and prompt, whatever comes first, in ${schedules} schedules`, async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async ({ hasSession, isSilent, steps }) => {
      const world = open(hasSession, isSilent)
      for (const step of steps) {
        await world.take(step)
        await flush()
        world.check()
      }
      expect(world.broken).toEqual([])
      await world.settle()
      expect(world.outcomes.filter(({ is }) => is === 'pending')).toEqual([])
      for (const { is, error } of world.outcomes) {
        if (is === 'rejected') expect([AuthError, HttpError]).toContain(error?.constructor)
      }
      expect(world.auth.prompt).toBe(null)
      world.host.assertIdle()
      expect(world.host.clock.pending).toBe(0)

      // And the next one finds a client that works.
      const next = [
        outcomeOf(world.auth.login(isSilent ? undefined : textCode)),
        outcomeOf(world.auth.request('/next')),
      ]
      await world.settle()
      expect(next.map(({ is }) => is)).toEqual(['resolved', 'resolved'])
      for (let i = 0; i < 12; i++) world.auth.request('/burst').catch(() => {})
      expect(await world.host.takeAll('GET /burst'), 'places').toHaveLength(8)
    }),
    { numRuns: schedules, seed },
  )
}, 600_000)
