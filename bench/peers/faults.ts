// What goes wrong besides a burst. Each measure opens a world of its own; the clock's time is in ms.
import type { Contender } from './contender'
import { openWorld, type World } from './world'

/** ms on the clock. */
const LONG = 60_000

export interface FaultOptions {
  seed: number
  keeps: 'newest' | 'all'
}

type Figures = Record<string, number>

const figuresOf = ({ backend, tally }: World) => {
  const { failed, hanging, ms } = tally()
  return { logins: backend.logins, calls: backend.calls, failed, hanging, ms }
}

/** Six requests on a dead token, whose 401s come 400 ms apart: each after the login for the one before. */
export async function lateRefusals(contender: Contender, options: FaultOptions): Promise<Figures> {
  const latency = (path: string, attempt: number) =>
    attempt === 0 ? 50 + 400 * Number(path.slice(1)) : 50
  const world = await openWorld(contender, { ...options, session: 'dead', latency })
  for (let index = 0; index < 6; index++) void world.start(`/${index}`)
  await world.clock.advance(LONG)
  return figuresOf(world)
}

/** Ten requests on a dead token, and ten more every 40 ms, during the login and after it. */
export async function overlap(contender: Contender, options: FaultOptions): Promise<Figures> {
  const world = await openWorld(contender, { ...options, session: 'dead' })
  for (let wave = 0; wave < 10; wave++) {
    for (let index = 0; index < 10; index++) void world.start(`/${wave}/${index}`)
    await world.clock.advance(40)
  }
  await world.clock.advance(LONG)
  return figuresOf(world)
}

/**
 * Logins fail for a while. Ten requests at once, then one every 250 ms. `recovery`: from the end of the
 * outage until the first of them is answered.
 */
export async function outage(
  contender: Contender,
  { length, ...options }: FaultOptions & { length: number },
): Promise<Figures> {
  const isOut = () => world.clock.elapsed < length
  const world = await openWorld(contender, {
    ...options,
    session: 'dead',
    loginFails: () => isOut(),
  })
  let recovery = -1
  const first = Array.from({ length: 10 }, (_, index) => world.start(`/first/${index}`))
  let hanging = first.length
  for (const one of first) void one.then(() => hanging--)
  for (let index = 0; index < (length + 40_000) / 250; index++) {
    await world.clock.advance(250)
    void world.start(`/${index}`).then((outcome) => {
      if (outcome === 'answered' && recovery < 0) recovery = world.clock.elapsed - length
    })
    if (recovery >= 0) break
  }
  const { logins } = world.backend
  await world.clock.advance(LONG)
  return { logins, hanging, recovery }
}

/** The backend refuses every token, also the one that it has just issued. Five requests, for a minute. */
export async function everyTokenRefused(
  contender: Contender,
  options: FaultOptions,
): Promise<Figures> {
  const world = await openWorld(contender, {
    ...options,
    session: 'dead',
    refuses: 'everyToken',
  })
  for (let index = 0; index < 5; index++) void world.start(`/${index}`)
  await world.clock.advance(LONG)
  return figuresOf(world)
}

/** The user signs out while a login is on the wire. `alive`: the next request carries a living token. */
export async function logoutDuringLogin(
  contender: Contender,
  options: FaultOptions,
): Promise<Figures> {
  const world = await openWorld(contender, { ...options, session: 'dead' })
  void world.start('/before')
  for (let ms = 0; world.backend.logins === 0 && ms < 1_000; ms++) await world.clock.advance(1)
  await world.client.logOut()
  await world.clock.advance(LONG)
  void world.start('/after')
  await world.clock.advance(1)
  return { alive: world.backend.arrived('/after') === 'withToken' ? 1 : 0 }
}

/** The token is good, but the backend wants the phone number first (`WWW-Authenticate: getPhoneNumber`). */
export async function phoneNumberWanted(
  contender: Contender,
  options: FaultOptions,
): Promise<Figures> {
  const world = await openWorld(contender, {
    ...options,
    session: 'living',
    refuses: 'withoutPhoneNumber',
  })
  for (let index = 0; index < 5; index++) void world.start(`/${index}`)
  await world.clock.advance(LONG)
  const { logins, calls, failed, hanging } = figuresOf(world)
  return { logins, calls, failed, hanging, asks: world.client.asks() ? 1 : 0 }
}

/** One request of an app that has no session yet. `roundTrips`: calls, each of which waited for the one before. */
export async function coldStart(contender: Contender, options: FaultOptions): Promise<Figures> {
  const world = await openWorld(contender, { ...options, session: 'none' })
  void world.start('/home')
  await world.clock.advance(LONG)
  const { calls, failed, ms } = figuresOf(world)
  return { roundTrips: calls, failed, ms }
}
