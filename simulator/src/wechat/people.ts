import { createHash, randomBytes } from 'node:crypto'

/**
 * Where WeChat shows a person's unionid: `true` everywhere, as for all apps bound to the open
 * platform since 2021-02-23; `'encrypted'` only inside what getUserInfo encrypts, as before that
 * day; `false` nowhere, as for apps that are not bound.
 */
export type UnionidVisibility = boolean | 'encrypted'

/** An invented WeChat user, as one mini-program knows them. */
export interface Person {
  readonly name: string
  readonly openid: string
  readonly unionid: string
  readonly phoneNumber: string
  unionidVisibility: UnionidVisibility
  /** Base64 of 16 bytes. */
  sessionKey: string
  /** Whether a backend has got `sessionKey`. */
  isSessionKeyExchanged: boolean
}

/** Everybody the stand-in knows. */
export interface People {
  /** Finds or invents the person; a `unionidVisibility` given here holds from now on. */
  find(name: string, unionidVisibility?: UnionidVisibility): Person
  findByOpenid(openid: string): Person | undefined
}

/** A name is the same person after every start, for databases outlive the stand-in. */
export function createPeople(appId: string): People {
  const byName = new Map<string, Person>()
  const byOpenid = new Map<string, Person>()

  function invent(name: string): Person {
    const person: Person = {
      name,
      openid: openidOf(appId, name),
      unionid: unionidOf(name),
      phoneNumber: inventPhoneNumber(name),
      unionidVisibility: true,
      // As if they had logged in before the stand-in was started: what WeChat encrypts for them can
      // be asked for at once, but with a key that no backend has got.
      sessionKey: inventSessionKey(),
      isSessionKeyExchanged: false,
    }
    byName.set(name, person)
    byOpenid.set(person.openid, person)
    return person
  }

  return {
    find(name, unionidVisibility) {
      const person = byName.get(name) ?? invent(name)
      if (unionidVisibility !== undefined) person.unionidVisibility = unionidVisibility
      return person
    },
    findByOpenid: (openid) => byOpenid.get(openid),
  }
}

/** Replaces the person's session key, so that there is never more than one that is valid. */
export function renewSessionKey(person: Person): void {
  person.sessionKey = inventSessionKey()
  person.isSessionKeyExchanged = false
}

/** A user's id in one app. */
export function openidOf(appId: string, name: string): string {
  return `o${digest('openid', appId, name).toString('base64url').slice(0, 27)}`
}

/** A user's id in all apps of one open platform account. */
export function unionidOf(name: string): string {
  return `o${digest('unionid', name).toString('base64url').slice(0, 27)}`
}

function inventSessionKey(): string {
  return randomBytes(16).toString('base64')
}

/** No operator in China has been given the prefix 154, so nobody has such a number. */
function inventPhoneNumber(name: string): string {
  const number = digest('phone number', name).readUInt32BE() % 100_000_000
  return `154${String(number).padStart(8, '0')}`
}

function digest(...parts: string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest()
}
