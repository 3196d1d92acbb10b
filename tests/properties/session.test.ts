import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AuthError, HttpError } from '../../src/auth/errors'
import type { WireCall } from '../../src/auth/platform'
import type { AuthTask } from '../../src/auth/types'
import { flush } from '../support/clock'
import { createHost, type PendingCall } from '../support/host'
import { createChance, createModelBackend, type ModelBackend } from '../support/modelBackend'
import { outcomeOf, type Outcome } from '../support/outcome'
import { openClient, KEY } from '../support/client'

const walks = Number(process.env.SESSION_WALKS ?? 2_000)
/** The same walks each time; a failure names its seed and path. */
const seed = Number(process.env.SESSION_SEED ?? 20_260_101)

/** With a token that is known to live. */
const PLACES = 9
const MARK = '{"signedOut":true}'

type Action =
  | { do: 'request' | 'upload' | 'download'; count: number }
  | { do: 'abort'; which: number }
  | { do: 'login' | 'logout' | 'verify' | 'submitLogin' | 'submitPhone' | 'cancelPrompt' | 'press' }
  | { do: 'forget' | 'rotate' | 'wantPhone' | 'hide' | 'show' }
  | { do: 'answerLogins'; how: ModelBackend['login'] }
  | { do: 'wxLogin'; how: 'code' | 'fail' | 'silent' }
  | { do: 'setClock'; by: number }

const one = <const T extends string>(...names: T[]) =>
  fc.record({ do: fc.constantFrom(...names) }) as fc.Arbitrary<{ do: T }>

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'request' as const,
        'request' as const,
        'upload' as const,
        'download' as const,
      ),
      count: fc.integer({ min: 1, max: 12 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('abort' as const), which: fc.nat(40) }) },
  { weight: 4, arbitrary: one('forget', 'rotate') },
  { weight: 3, arbitrary: one('login', 'logout', 'verify') },
  { weight: 3, arbitrary: one('wantPhone', 'submitPhone', 'submitLogin', 'cancelPrompt', 'press') },
  { weight: 1, arbitrary: one('hide', 'show') },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('answerLogins' as const),
      how: fc.constantFrom<ModelBackend['login']>('ok', 'ok', 'network', 401, 429, 503),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('wxLogin' as const),
      how: fc.constantFrom('code' as const, 'code' as const, 'fail' as const, 'silent' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('setClock' as const),
      by: fc.constantFrom(-86_400_000, -60_000, 60_000, 86_400_000),
    }),
  },
)

const walk = fc.record({
  seed: fc.integer(),
  hasSession: fc.boolean(),
  encrypts: fc.boolean(),
  knowsWxLogin: fc.boolean(),
  loss: fc.constantFrom(0, 0, 0.1, 0.3),
  steps: fc.array(
    fc.record({ action, then: fc.constantFrom(0, 0, 1, 10, 50, 400, 2_000, 12_000) }),
    { minLength: 1, maxLength: 14 },
  ),
})

type Walk = typeof walk extends fc.Arbitrary<infer T> ? T : never

/** A client on a backend in trouble, and what must hold whenever something happens. */
function open({ seed, hasSession, encrypts, knowsWxLogin, loss }: Walk) {
  const host = createHost()
  const backend = createModelBackend(createChance(seed))
  Object.assign(backend, { knowsWxLogin, loss })
  host.encrypts = () => encrypts
  const { auth } = openClient({ host, ...(hasSession && { token: 'stored' }) })
  const sentAt = new Map<PendingCall, number>()
  const sendings = new Map<string, number>()
  const versions = new Map<unknown, number>()
  const broken: string[] = []
  /** Handed to the host, which may let them wait. */
  const handed = new Set<WireCall>()
  let handedBefore = new Set<WireCall>()
  let isOut = false
  let lastOut = 0

  const must = (holds: boolean, what: string) => void (holds || broken.push(what))
  const stored = () => String(host.storage.get(KEY) ?? '')
  // The contract has no refresh: in the other dialect it keeps its own name.
  const isOwn = ({ line }: PendingCall) => !/ \/(auth|wx)\//.test(line)
  const isLogin = (call: PendingCall) =>
    call.line === 'POST /auth/login' ||
    (call.authorization?.startsWith('WxLogin') === true &&
      host.clock.elapsed - sentAt.get(call)! < 3_000)

  function check(): void {
    const isNew = (call: PendingCall) => host.onWire.includes(call) && !handedBefore.has(call.call)
    const calls = host.sent.slice(lastOut).filter(isNew)
    must(calls.filter(isLogin).length <= 1, 'one login at a time')
    must(
      host.onWire.filter(isOwn).length <= PLACES,
      'no more requests on the wire than the host carries',
    )
    if (isOut) must(auth.tokenState === null && stored() === MARK, 'nothing but the mark is left')
  }

  function onSend(call: PendingCall): void {
    const { line, authorization = '' } = call
    sentAt.set(call, host.clock.elapsed)
    check()
    if (line === 'POST /auth/logout') return
    must(
      !isOut || handedBefore.has(call.call) || !(authorization || isLogin(call)),
      `${line} has no credentials after signing out`,
    )
    if (authorization.startsWith('Bearer ')) {
      const token = authorization.slice('Bearer '.length)
      must(auth.tokenState?.accessToken === token, `${line} goes with the token in memory`)
      must(stored().includes(`"${token}"`), `${line} goes with the token in storage`)
    }
    if (!isOwn(call)) return
    const times = (sendings.get(line) ?? 0) + 1
    sendings.set(line, times)
    must(times <= 3, `${line} is replayed for one login and one phone number at most`)
  }

  auth.subscribe(() => {
    check()
    if (!auth.tokenState) return
    const { sid, version = 0 } = auth.tokenState
    const newest = [...versions.keys()][versions.size - 1]
    must(!versions.has(sid) || sid === newest, 'no earlier session returns')
    must((versions.get(sid) ?? 0) <= version, 'no older state returns')
    versions.set(sid, version)
  })
  const { send } = host.platform
  host.platform.send = (call) => {
    handed.add(call)
    return send(call)
  }
  host.serve = (call) => {
    onSend(call)
    return backend.serve(call)
  }

  return {
    host,
    backend,
    auth,
    broken,
    check,
    signOut() {
      handedBefore = new Set(handed)
      const left = auth.logout()
      isOut = true
      lastOut = host.sent.length
      return left
    },
    signIn<T>(how: () => Promise<T>) {
      isOut = false
      return how()
    },
  }
}

interface Watched {
  path?: string
  task?: AuthTask<unknown>
  outcome: Outcome<unknown>
}

/** Takes the steps and returns what has become of every call. */
async function go(world: ReturnType<typeof open>, { steps, encrypts }: Walk): Promise<Watched[]> {
  const { host, backend, auth } = world
  const watched: Watched[] = []
  const watch = (promise: Promise<unknown>) => void watched.push({ outcome: outcomeOf(promise) })
  const tasks = () => watched.flatMap(({ task }) => task ?? [])

  const start = (type: 'request' | 'upload' | 'download') => {
    const path = `/${watched.length}`
    const task: AuthTask<unknown> =
      type === 'request'
        ? auth.request(path)
        : type === 'upload'
          ? auth.upload({ url: path, filePath: 'wxfile://a', name: 'f' })
          : auth.download({ url: path })
    watched.push({ path, task, outcome: outcomeOf(task) })
  }
  const act = (action: Action) => {
    switch (action.do) {
      case 'request':
      case 'upload':
      case 'download':
        for (let i = 0; i < action.count; i++) start(action.do)
        return
      case 'abort':
        return tasks()[action.which % tasks().length]?.abort()
      case 'login':
        return watch(world.signIn(auth.login))
      case 'submitLogin':
        return auth.prompt?.kind === 'login' && watch(world.signIn(auth.submitLogin))
      case 'logout':
        return watch(world.signOut())
      case 'verify':
        return watch(auth.verify())
      case 'submitPhone': {
        const given = encrypts ? { encryptedData: 'e', iv: 'i' } : { code: 'p' }
        // The press of a user who has signed out is consent to sign in.
        const detail = { errMsg: 'getPhoneNumber:ok', ...given }
        return watch(world.signIn(() => auth.submitPhoneNumber(detail)))
      }
      case 'cancelPrompt':
        return auth.cancelPrompt()
      case 'press':
        return auth.pressPrompt()
      case 'forget':
        return backend.forget()
      case 'rotate':
        return backend.rotate()
      case 'wantPhone':
        backend.wantsPhone = true
        return
      case 'hide':
        return host.hide()
      case 'show':
        return host.show()
      case 'answerLogins':
        backend.login = action.how
        return
      case 'wxLogin':
        host.login = action.how
        return
      case 'setClock':
        return host.clock.set(host.clock.now() + action.by)
    }
  }

  for (const { action, then } of steps) {
    await act(action)
    world.check()
    await host.clock.advance(then)
    world.check()
  }
  return watched
}

/** The trouble is over; requests that still wait for the user are declined. */
async function calm({ host, backend, auth }: ReturnType<typeof open>): Promise<void> {
  Object.assign(backend, { login: 'ok', wantsPhone: false, loss: 0 })
  host.login = 'code'
  await host.show()
  for (let i = 0; i < 4; i++) {
    await host.clock.advance(100_000)
    auth.cancelPrompt()
  }
  await flush()
}

/** A fresh burst gets all the places and a session. */
async function expectFlow(world: ReturnType<typeof open>): Promise<void> {
  const { host, auth } = world
  const login = outcomeOf(world.signIn(auth.login))
  await host.clock.advance(10_000)
  expect(login.is).toBe('resolved')
  host.serve = undefined
  const burst = Array.from({ length: 12 }, () => outcomeOf(auth.request('/burst')))
  expect(await host.takeAll('GET /burst')).toHaveLength(PLACES)
  while (host.onWire.length > 0) await host.onWire[0]!.answer(204)
  expect(burst.filter(({ is }) => is !== 'resolved')).toEqual([])
}

it(`keeps its promises on ${walks} random walks through a backend in trouble`, async () => {
  await fc.assert(
    fc.asyncProperty(walk, async (taken) => {
      const world = open(taken)
      const watched = await go(world, taken)
      await calm(world)
      expect(world.broken).toEqual([])
      expect(watched.filter(({ outcome }) => outcome.is === 'pending')).toEqual([])
      for (const { path, outcome } of watched) {
        const { is, value, error } = outcome
        if (is === 'rejected') expect([AuthError, HttpError]).toContain(error?.constructor)
        else if (path) expect(String(value)).toMatch(new RegExp(`^(GET|UPLOAD|DOWNLOAD) ${path}$`))
      }
      world.host.assertIdle()
      expect(world.host.clock.pending).toBe(0)
      await expectFlow(world)
      expect(world.broken).toEqual([])
    }),
    { numRuns: walks, seed },
  )
}, 600_000)
