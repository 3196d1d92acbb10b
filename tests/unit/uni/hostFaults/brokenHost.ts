import { vi } from 'vitest'
import type { AuthWarning } from '../../../../src/auth/types'
import type { App, Driver, World } from './drivers'
import {
  CALL_FAULTS,
  LISTEN_FAULTS,
  PROMISE_FAULTS,
  RETURN_FAULTS,
  type Answer,
  type CallFault,
  type Callbacks,
  type ListenFault,
  type ReturnFault,
} from './faults'
import { BASE, createWellHost, type WellHost } from './wellHost'

type Member = (...given: never[]) => unknown
type Guard = <Given extends unknown[]>(listener: (...given: Given) => void) => typeof listener

const FAULTS = {
  call: CALL_FAULTS,
  promise: PROMISE_FAULTS,
  return: RETURN_FAULTS,
  listen: LISTEN_FAULTS,
}

/** All faults that an API of this kind may have. */
export function faultsOf({ kind }: Pick<Driver, 'kind'>): string[] {
  return Object.keys(FAULTS[kind])
}

/** The globals of every host. */
export function stubHost({ uni, pages }: WellHost): void {
  vi.stubGlobal('uni', uni)
  vi.stubGlobal('getCurrentPages', () => [...pages])
}

/** Those, and what the client uses of a browser and of the App. */
export function stubGlobals(host: WellHost): void {
  const { href, origin } = new URL('https://app.example.com/')
  stubHost(host)
  vi.stubGlobal('plus', { runtime: { isApplicationExist: () => true } })
  vi.stubGlobal('navigator', { userAgent: 'MicroMessenger' })
  vi.stubGlobal('innerWidth', 400)
  vi.stubGlobal('fetch', () => new Promise(() => {}))
  vi.stubGlobal('window', {
    addEventListener() {},
    location: { href, origin, replace() {} },
    history: { state: null, replaceState() {} },
    crypto: { getRandomValues: (into: Uint8Array) => into },
    sessionStorage: {
      setItem() {},
      getItem: () => '{"state":"5","provider":"wechat-official"}',
      removeItem() {},
    },
  })
}

/** An app on a host of which this API has this fault. @param limit ms */
export function breakHost<A extends App>(
  app: A,
  stub: (host: WellHost) => void,
  driver: Driver<A>,
  fault: string,
  limit: number,
) {
  const host = createWellHost()
  const warnings: AuthWarning[] = []
  const thrown: unknown[] = []
  stub(host)

  const guard: Guard =
    (listener) =>
    (...given) => {
      try {
        listener(...given)
      } catch (error) {
        thrown.push(error)
      }
    }

  const world: World<A> = {
    ...{ app, host, warnings, thrown },
    open: () =>
      app.createAuth({
        baseURL: BASE,
        // Each row has a client of its own, on a storage of its own.
        platform: world.platform ?? { ...app.uniPlatform() },
        onWarning: (warning) => warnings.push(warning),
      }),
  }
  const [owner, name] = driver.place?.(world) ?? [host.uni, '']
  return {
    world,
    /** @param api the name of the API in `uni` */
    apply(api: string): void {
      const place = owner as Record<string, Member | undefined>
      const member = name || api
      place[member] = brokenMember(driver, fault, place[member], guard, limit)
    },
  }
}

function brokenMember<A extends App>(
  driver: Driver<A>,
  fault: string,
  well: Member | undefined,
  guard: Guard,
  limit: number,
): Member | undefined {
  switch (driver.kind) {
    case 'call':
      return brokenCall(driver, CALL_FAULTS[fault], guard, limit)
    case 'promise': {
      const broken = PROMISE_FAULTS[fault]
      return broken && (() => broken(driver.result, driver.wrongTypes, limit))
    }
    case 'return':
      return brokenReturn(RETURN_FAULTS[fault], well, driver.wrongTypes)
    case 'listen':
      return brokenListen(LISTEN_FAULTS[fault], driver, guard)
  }
}

function brokenCall(
  { answer }: { answer: Answer },
  fault: CallFault | undefined,
  guard: Guard,
  limit: number,
): Member | undefined {
  if (!fault) return undefined
  return (callbacks: Callbacks) => {
    const guarded = Object.fromEntries(
      (['success', 'fail', 'complete'] as const).flatMap((name) => {
        const listener = callbacks[name]
        return listener ? [[name, guard(listener)]] : []
      }),
    )
    return fault(guarded, answer, limit)
  }
}

function brokenReturn(
  fault: ReturnFault | undefined,
  well: Member | undefined,
  wrongTypes: unknown,
): Member | undefined {
  return fault && ((...given: never[]) => fault(well?.(...given), wrongTypes))
}

function brokenListen(
  fault: ListenFault | undefined,
  { event, wrongTypes }: { event: unknown; wrongTypes: unknown },
  guard: Guard,
): Member | undefined {
  if (typeof fault !== 'function') return fault
  // The listener is the last argument, e.g. of `addEventListener`.
  return (...given: unknown[]) =>
    fault(guard(given.at(-1) as (event?: unknown) => void), event, wrongTypes)
}
