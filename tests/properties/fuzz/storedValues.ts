import fc from 'fast-check'
import type { Platform } from '../../../src/auth/platform'
import { createStored, type Stored } from '../../../src/auth/stored'
import { linear } from './linear'
import { mutatedJSON, wrongMembers } from './mutations'
import { target, type FuzzTarget } from './target'
import { SECRET, TOKEN_STATE } from './tokenStates'

const ignore = { warn() {} }
/** Characters: what is longer was not stored by the client. */
const LARGEST = 65_536

/** What is read from a storage that holds this. */
function read(text: unknown) {
  const storage = new Map([['key', text]])
  const platform = {
    getItem: (key: string) => storage.get(key),
    setItem: (key: string, value: string) => void storage.set(key, value),
    removeItem: (key: string) => void storage.delete(key),
  }
  const stored = createStored(platform as unknown as Platform, 'key', ignore)
  const found = stored.read()
  stored.write(found)
  return { found, again: stored.read() }
}

type Members = Record<string, unknown>

/** A value without what a token state may not have: secrets, unless they are flags, and null. */
function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned)
  if (value === Infinity || value === -Infinity) return null
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(
    ([name, member]) => member !== null && (typeof member === 'boolean' || !SECRET.test(name)),
  )
  return Object.fromEntries(kept.map(([name, member]) => [name, cleaned(member)]))
}

/** Of each member that has a meaning, what it may be. */
const MEMBERS: Record<string, (member: unknown) => boolean> = {
  accessToken: (token) => typeof token === 'string' && /^[!-+\--~]{1,4096}$/.test(token),
  expiresIn: (seconds) =>
    seconds === undefined || (Number.isFinite(seconds) && Number(seconds) > 0),
  version: (version) => version === undefined || Number.isFinite(version),
  uid: (uid) => uid === undefined || typeof uid === 'string',
  hasUserInfo: (flag) => flag === undefined || typeof flag === 'boolean',
  needsSecondProof: (flag) => flag === undefined || typeof flag === 'boolean',
}

/** JSON, and a list of rules. */
function readSlowly(text: unknown): Stored {
  const stored: Stored = { held: null, signedOut: false, keyReplaced: false, byUser: false }
  if (typeof text !== 'string' || text.length > LARGEST) return stored
  let value: Members
  try {
    value = Object(JSON.parse(text)) as Members
  } catch {
    return stored
  }
  const given = Object(value.state) as Members
  const state = cleaned(given) as Members
  for (const name of ['expiresIn', 'version']) {
    const member = state[name]
    if (typeof member === 'string' && /^\d+(\.\d+)?$/.test(member)) state[name] = Number(member)
  }
  if (typeof state.uid === 'number') state.uid = String(state.uid)
  stored.byUser = value.byUser === true
  const isState =
    Object.entries(MEMBERS).every(([name, isRight]) => isRight(state[name])) &&
    // Its name is that of a secret: what is no flag is not there any more.
    ['boolean', 'undefined'].includes(typeof (given.hasPhoneNumber ?? undefined))
  if (isState && typeof value.at === 'number') {
    stored.held = { state: state as unknown as { accessToken: string }, at: value.at, seq: 0 }
    stored.keyReplaced = value.keyReplaced === true
  } else stored.signedOut = value.signedOut === true
  return stored
}

const storedText = mutatedJSON(
  fc.record(
    {
      state: wrongMembers(TOKEN_STATE),
      at: fc.oneof(fc.integer(), fc.anything()),
      signedOut: fc.oneof(fc.boolean(), fc.anything()),
      keyReplaced: fc.boolean(),
      byUser: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
)

export const STORED_VALUES: FuzzTarget[] = [
  target(
    'stored values: what is read is stored and read again as it is',
    2_000,
    fc.property(fc.oneof(storedText, fc.anything()), (text) => {
      const { found, again } = read(text)
      return JSON.stringify(found) === JSON.stringify(again) && !(found.held && found.signedOut)
    }),
  ),
  target(
    'stored values: are read as by a list of rules',
    3_000,
    fc.property(storedText, (text) => {
      const [found, slow] = [read(text).found, readSlowly(text)].map((one) => JSON.stringify(one))
      if (found !== slow) throw new Error(`${found}, but ${slow} by the rules`)
    }),
  ),
  linear('stored values: they are read', read, ['{', '[', '"a":', '1,', '}', ' ', '\\u'], {
    length: LARGEST,
  }),
]
