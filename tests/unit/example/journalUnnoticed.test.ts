import { expect, it } from 'vitest'
import { createAuth } from '../../../src/createAuth'
import type { Platform, WireCall } from '../../../src/auth/platform'
import { createJournal, type Journal } from '../../../example/diagnostics/journal'
import { phoneCode } from '../../support/challenged'
import { flush } from '../../support/clock'
import { BASE, createHost } from '../../support/host'
import { createChance, createModelBackend } from '../../support/modelBackend'
import { outcomeOf } from '../../support/outcome'

const call: WireCall = { type: 'request', url: BASE, method: 'GET', header: {}, timeout: 1_000 }

/** A day with the client, the same for the same seed: all that the host saw and the app got. */
async function walk(seed: number, isWatched: boolean): Promise<unknown[]> {
  const chance = createChance(seed)
  const host = createHost()
  const backend = createModelBackend(createChance(seed + 1))
  backend.loss = seed % 3 === 0 ? 0.2 : 0
  backend.knowsWxLogin = seed % 2 === 0
  const seen: unknown[] = []
  host.serve = (sent) => {
    seen.push([host.clock.elapsed, sent.line, sent.authorization, sent.body])
    return backend.serve(sent)
  }
  host.encrypts = () => seed % 5 === 0
  const journal: Journal | undefined = isWatched ? createJournal(host.platform) : undefined
  const auth = createAuth({
    baseURL: BASE,
    platform: journal?.platform ?? host.platform,
    onWarning: ({ code }) => void seen.push(code),
  })
  journal?.follow(auth)
  auth.subscribe(() => seen.push([auth.tokenState?.accessToken, auth.prompt, auth.signedOut]))
  const tasks: { abort(): void }[] = []
  const note = (promise: Promise<unknown>) => {
    const settle = (outcome: unknown) =>
      void seen.push([host.clock.elapsed, outcome instanceof Error ? `${outcome}` : outcome])
    promise.then(settle, settle)
  }
  const actions = [
    () => tasks.push(...[1, 2, 3, 4, 5].map((n) => watched(auth.request(`/r/${n}`)))),
    () => tasks.push(watched(auth.upload({ url: '/u', filePath: 'f', name: 'file' }))),
    () => tasks.push(watched(auth.download({ url: '/d' }))),
    () => tasks[Math.floor(chance() * tasks.length)]?.abort(),
    () => note(auth.login()),
    () => note(auth.logout()),
    () => note(auth.verify()),
    () => note(auth.submitPhoneNumber(phoneCode)),
    () => note(auth.submitLogin()),
    () => auth.cancelPrompt(),
    () => backend.rotate(),
    () => (backend.wantsPhone = true),
    () => void host.hide(),
    () => void host.show(),
    () => (host.login = (['code', 'fail', 'silent'] as const)[Math.floor(chance() * 3)]!),
  ]
  function watched<T extends Promise<unknown> & { abort(): void }>(task: T): T {
    note(task)
    return task
  }
  for (let step = 0; step < 25; step++) {
    actions[Math.floor(chance() * actions.length)]!()
    await host.clock.advance([0, 1, 50, 2_000, 12_000][Math.floor(chance() * 5)]!)
  }
  await host.clock.advance(120_000)
  seen.push([...host.storage], host.logins, host.sessionChecks)
  return seen
}

it('the client behaves the same with the journal as without it', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    expect(await walk(seed, true), `seed ${seed}`).toEqual(await walk(seed, false))
  }
})

it('hands on what the host throws at once, the very same', async () => {
  const { platform } = createHost()
  const error = new Error('not now')
  const refuse = () => {
    throw error
  }
  const broken: Platform = { ...platform, send: refuse, login: refuse, checkSession: refuse }
  const journal = createJournal(broken)
  const thrown = (work: () => unknown) => {
    try {
      return work()
    } catch (failure) {
      return failure
    }
  }
  expect(thrown(() => journal.platform.send(call))).toBe(error)
  expect(thrown(() => journal.platform.login?.())).toBe(error)
  expect(thrown(() => journal.platform.checkSession?.())).toBe(error)
  expect(journal.events).toMatchObject([1, 2, 3].map(() => ({ outcome: 'failed' })))
})

it('gives the very promises of the host, settled with the very same values', async () => {
  const { platform } = createHost()
  const failure = { kind: 'network', errMsg: 'request:fail' }
  const answer = Promise.reject(failure)
  const code = Promise.resolve('code')
  const aborted: unknown[] = []
  const journal = createJournal({
    ...platform,
    send: () => ({ answer, abort: () => void aborted.push(true) }),
    login: () => code,
  })
  const task = journal.platform.send(call)
  expect(task.answer).toBe(answer)
  expect(journal.platform.login?.()).toBe(code)
  task.abort()
  expect(aborted).toEqual([true])
  await expect(task.answer).rejects.toBe(failure)
})

it('hands the call to the host untouched', () => {
  const { platform } = createHost()
  const sent: WireCall[] = []
  const journal = createJournal({
    ...platform,
    send(one) {
      sent.push(one)
      return platform.send(one)
    },
  })
  journal.platform.send(call)
  expect(sent[0]).toBe(call)
})

it.each<[string, unknown]>([
  ['no answer at all', undefined],
  ['no promise', { answer: 'nothing', abort: () => undefined }],
  ['an answer of another shape', { answer: Promise.resolve(null), abort: () => undefined }],
  [
    'headers that throw',
    {
      answer: Promise.resolve({
        status: 401,
        data: '{',
        get headers() {
          throw new Error('no headers')
        },
      }),
      abort: () => undefined,
    },
  ],
])('a host that gives %s fails as it would without the journal', async (_, given) => {
  const outcomes = [true, false].map((isWatched) => {
    const host = createHost({ without: ['login'] })
    host.platform.send = () => given as ReturnType<Platform['send']>
    const platform = isWatched ? createJournal(host.platform).platform : host.platform
    return outcomeOf(createAuth({ baseURL: BASE, platform }).request('/x'))
  })
  await flush()
  expect(outcomes[0]).toMatchObject({ is: 'rejected' })
  expect(outcomes[0]).toEqual(outcomes[1])
})
