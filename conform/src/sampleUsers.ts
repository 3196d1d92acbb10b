import type { Context, SignedIn } from './context'
import type { Exchange } from './exchange'
import type { Person } from './people'
import { Skipped, succeeded } from './verdicts'

/** What several checks look at is done once a run: a login costs the backend a call of WeChat. */
export function once<T>(make: (context: Context) => Promise<T>): (context: Context) => Promise<T> {
  const made = new WeakMap<Context, Promise<T>>()
  return (context) => {
    const first = made.get(context) ?? make(context)
    made.set(context, first)
    return first
  }
}

/** A session of somebody new, for checks that change nothing about it. */
export const anySession = once(({ signInStranger }) => signInStranger())

/** A login code, and the login that used it up. */
export const usedCode = once(async ({ people, send }) => {
  const code = await (await people.invent()).loginCode()
  return { code, exchange: await send('POST', '/auth/login', { json: { code } }) }
})

/** Somebody with two sessions, and how the second submitted a phone code. */
export const customer = once(async ({ people, signIn, send }) => {
  const person = await people.invent()
  const first = await signIn(person)
  const second = await signIn(person)
  const phoneCode = await person.phoneCode()
  const json = { code: phoneCode }
  const bound = await send('POST', '/auth/phone-number', { token: second.token, json })
  return { person, first, second, phoneCode, bound }
})

/**
 * A phone number that somebody has at the backend, and one that nobody has there. Both are invented:
 * no text message to them may reach anybody.
 */
export const numbers = once(async (context) => {
  const { person, bound } = await customer(context)
  const known = person.phoneNumber
  const unknown = (await context.people.invent()).phoneNumber
  if (known === undefined || unknown === undefined) {
    throw new Skipped('no phone number is to be had for an invented person')
  }
  succeeded(bound)
  return { known, unknown }
})

interface Unknown extends SignedIn {
  person: Person
  /** How the routes that need user info, or both, answered before the submit. */
  asked: Exchange | undefined
  askedBoth: Exchange | undefined
  submitted: Exchange
}

/**
 * Somebody of whom WeChat shows neither unionid nor profile at the login, and how they submitted what
 * the getUserInfo button gives, with the name that a profile form would send.
 */
export const unknownUser = once(
  async ({ people, signIn, send, call, routes }): Promise<Unknown> => {
    const person = await people.invent({ unionid: 'encrypted' })
    const signedIn = await signIn(person)
    if (signedIn.state.hasUserInfo === true) {
      throw new Skipped('the backend has the user info of an invented person at once')
    }
    const { token } = signedIn
    const asked = routes.userInfo && (await call(routes.userInfo, { token }))
    const askedBoth = routes.both && (await call(routes.both, { token }))
    const { encryptedData, iv, rawData, signature } = await person.userInfo()
    const json = { encryptedData, iv, rawData, signature, nickname: '林小雨' }
    const submitted = await send('POST', '/auth/user-info', { token, json })
    return { person, ...signedIn, asked, askedBoth, submitted }
  },
)

/** Sessions of somebody, one for each check, whose logins are a little more than ten minutes old. */
export const oldSessions = once(async ({ people, signIn, pass }) => {
  const person = await people.invent()
  const token = async () => (await signIn(person)).token
  const tokens = {
    scan: await token(),
    number: await token(),
    way: await token(),
    account: await token(),
  }
  await pass(601)
  return { person, tokens }
})

/** Two sessions of one person, of which the second replaced the first. */
export const replacement = once(async ({ people, signIn }) => {
  const person = await people.invent()
  const replaced = await signIn(person)
  const next = await signIn(person, { replaces: replaced.token })
  return { replaced, next }
})

/** Somebody with two sessions and a phone number who deleted their account. */
export const deletion = once(async ({ people, signIn, send }) => {
  const person = await people.invent()
  const other = await signIn(person)
  const { token } = await signIn(person)
  const json = { code: await person.phoneCode() }
  succeeded(await send('POST', '/auth/phone-number', { token, json }))
  const exchange = await send('DELETE', '/auth/account', { token })
  return { person, tokens: [token, other.token], exchange }
})
