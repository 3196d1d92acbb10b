import { eq } from 'drizzle-orm'
import { identities, people as rows, sessions } from '../../src/db/schema'
import { hashOf } from '../../src/storedSession'
import type { Answer } from './answers'
import { stateOf, type TestBackend } from './backend'
import {
  holderIn,
  humans,
  owns,
  start,
  type Event,
  type Human,
  type Outcome,
  type Rule,
} from './numberModel'
import { stepOn } from './numberSteps'
import { makePerson, makePhoneNumber, sealedPhone } from './people'
import { plainPush, pushJson, sendPush } from './push'

const proofDays = 90
const passwords: Record<Human, string> = { A: 'das Wort von Anna', B: 'das Wort von Bernd' }

/** Walks a way through the backend and the model at once; returns where they part. */
export async function walk(
  backend: TestBackend,
  rule: Rule,
  way: readonly Event[],
): Promise<{ at: number; expected: string; found: string } | undefined> {
  const phone = makePhoneNumber()
  const wechat = { A: makePerson({ unionid: false }), B: makePerson({ unionid: false }) }
  const tokens: Partial<Record<Human, string>> = {}
  /** The person of each account of the model. */
  const people = new Map<number, string>()
  let world = start

  const login = (by: Human) => backend.signIn(wechat[by])
  const tokenOf = (by: Human) => (world.sessions[by] ? tokens[by] : undefined)
  const replacing = (token: string | undefined): Record<string, string> =>
    token === undefined ? {} : { 'Replaces-Token': token }

  async function personOf(token: string): Promise<string> {
    const [row] = await backend.database
      .select({ personId: identities.personId })
      .from(sessions)
      .innerJoin(identities, eq(identities.id, sessions.identityId))
      .where(eq(sessions.tokenHash, hashOf(token)))
    if (!row) throw new Error('a session that must exist is missing')
    return row.personId
  }

  /** Who has the number in the database. */
  async function holderOf(): Promise<string | undefined> {
    const own = eq(rows.phoneNumber, `+86${phone}`)
    const [row] = await backend.database.select({ id: rows.id }).from(rows).where(own)
    return row?.id
  }

  /** Sends a number with its text code, and answers as the event has it when asked. */
  async function claim(event: Extract<Event, { is: 'text' | 'bind' | 'set-password' }>) {
    const { is, by, shows, lies } = event
    const purpose = ({ text: 'login', bind: 'bind', 'set-password': 'password' } as const)[is]
    const smsCode = await backend.textCode(phone, purpose)
    const holder = holderIn(world)
    const typed =
      is === 'set-password' || (shows && holder?.password === by) ? passwords[by] : undefined
    const token = is === 'bind' ? (await login(by)).accessToken : undefined
    const headers = replacing(shows ? tokenOf(by) : undefined)
    const put = (isMine?: boolean) => {
      const json = { phone, smsCode, password: typed, isMine }
      if (is === 'text') return backend.send('POST', '/auth/login', { json, headers })
      if (is === 'bind') return backend.send('POST', '/auth/phone-number', { json, token })
      return backend.send('PUT', '/auth/password', { json, headers })
    }
    const first = await put()
    const isAsked = first.status === 409
    const answer = isAsked ? await put((holder && owns(holder, by)) || lies) : first
    return is === 'bind' ? found(answer, token) : entered(answer, by)
  }

  async function entered(answer: Answer, by: Human): Promise<Found> {
    if (answer.status !== 200) return { is: 'refused', why: whyOf(answer) }
    const { accessToken, needsSecondProof = false } = stateOf(answer)
    tokens[by] = accessToken
    return { is: 'in', person: await personOf(accessToken), needsSecondProof }
  }

  async function found(answer: Answer, token = ''): Promise<Found> {
    if (answer.status === 200) return { is: 'bound', person: await personOf(token) }
    return answer.status === 204 ? { is: 'done' } : { is: 'refused', why: whyOf(answer) }
  }

  async function perform(event: Event): Promise<Found> {
    switch (event.is) {
      case 'text':
      case 'bind':
      case 'set-password':
        return claim(event)
      case 'press': {
        const { accessToken: token } = await login(event.by)
        const json = sealedPhone(wechat[event.by], phone)
        return found(await backend.send('POST', '/auth/phone-number', { token, json }), token)
      }
      case 'password': {
        const headers = replacing(tokenOf(event.by))
        const json = { phone, password: passwords[event.by] }
        return entered(await backend.send('POST', '/auth/login', { json, headers }), event.by)
      }
      case 'wechat': {
        const { accessToken } = await login(event.by)
        return { is: 'in', person: await personOf(accessToken), needsSecondProof: false }
      }
      case 'sign-out': {
        const token = tokenOf(event.by)
        return found(await backend.send('POST', '/auth/logout', { token }))
      }
      case 'delete': {
        const token =
          event.in === 'wechat' ? (await login(event.by)).accessToken : tokenOf(event.by)
        return found(await backend.send('DELETE', '/auth/account', { token }))
      }
      case 'revoke': {
        const timestamp = Math.floor(backend.now() / 1000)
        const OpenID = wechat[event.by].openid
        const named = { Event: 'user_authorization_revoke', OpenID, RevokeInfo: '8' }
        await sendPush(backend, plainPush(pushJson(named, timestamp), { timestamp }))
        return { is: 'done' }
      }
      case 'pass':
        // Sessions live on, as they are used.
        for (let days = 0; days <= proofDays; days += 13) {
          backend.pass(13 * 86_400)
          for (const by of humans) await backend.send('GET', '/me', { token: tokenOf(by) })
        }
        return { is: 'done' }
      case 'give-up-sim':
      case 'get-sim':
        return { is: 'done' }
    }
  }

  for (const [at, event] of way.entries()) {
    const step = stepOn(world, event, rule)
    const result = await perform(event)
    const gone = world.accounts.find(({ id }) => !step.world.accounts.some((one) => one.id === id))
    const outcome = named(step.outcome, people, result, gone?.id)
    const holder = holderIn(step.world)
    const expected = `${outcome}, the number: ${holder ? people.get(holder.id) : 'nobody’s'}`
    const found = `${JSON.stringify(result)}, the number: ${(await holderOf()) ?? 'nobody’s'}`
    if (expected !== found) return { at, expected, found }
    world = step.world
    backend.pass(1)
  }
  return undefined
}

type Found =
  | { is: 'in'; person: string; needsSecondProof: boolean }
  | { is: 'bound'; person: string }
  | { is: 'done' }
  | { is: 'refused'; why: Extract<Outcome, { is: 'refused' }>['why'] | string }

/**
 * The outcome of the model in terms of the backend. An account that is new has the person found, one
 * that was joined with the account that is gone the person of either.
 */
function named(
  outcome: Outcome,
  people: Map<number, string>,
  result: Found,
  gone: number | undefined,
): string {
  if (!('account' in outcome)) return JSON.stringify(outcome)
  const { is, account, ...more } = outcome
  if ('person' in result) {
    const isKnown = [...people.values()].includes(result.person)
    const isJoined = gone !== undefined && people.get(gone) === result.person
    if ((!people.has(account) && !isKnown) || isJoined) people.set(account, result.person)
  }
  return JSON.stringify({ is, person: people.get(account), ...more })
}

function whyOf({ status, body, headers }: Answer): string {
  const kinds: Record<string, string> = {
    'phone-number-taken': 'leave',
    'second-proof-needed': 'need-second-proof',
    'invalid-credentials': 'credentials',
  }
  if (headers.get('WWW-Authenticate') === 'getPhoneNumber proof="sms"') return 'need-text-code'
  return kinds[body.type?.replace('/problems/', '') ?? ''] ?? `status ${status}`
}
