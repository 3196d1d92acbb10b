import { eq } from 'drizzle-orm'
import type { Database } from '../db/database'
import { identities, people } from '../db/schema'
import { transact } from '../db/transact'
import type { EventLog } from '../eventLog'
import type { Session } from '../sessions'
import { holdPerson } from './hold'
import { removeIdentity } from './remove'
import { findById, raiseVersions, type Identity, type Person } from './rows'

/** How a person can sign in. */
export interface OwnWays {
  /** In E.164. */
  phoneNumber: string | null
  hasPassword: boolean
  /** `isCurrent`: the session began so. */
  wechat: { id: string; provider: Identity['provider']; isCurrent: boolean }[]
}

/** One of them: the id is that of a WeChat user. */
export type Way = 'phone-number' | 'password' | { id: string }

/** `needed`: it is the last one, or the one that the session began with. */
export type Removal = 'removed' | 'missing' | 'needed'

/** The ways of one person to sign in, as seen from a session. Promises reject with PersonGoneError. */
export interface Ways {
  list(own: Session): Promise<OwnWays>
  /** With the number goes the password, which says nothing without it. */
  remove(own: Session, way: Way, address: string | undefined): Promise<Removal>
}

export interface WaysOptions {
  /** Whether a number is a way to sign in. */
  hasTextCodes: boolean
  eventLog: EventLog
}

export function createWays(database: Database, { hasTextCodes, eventLog }: WaysOptions): Ways {
  const identitiesOf = (tx: Database, personId: string) =>
    tx.select().from(identities).where(eq(identities.personId, personId)).orderBy(identities.id)

  async function removeNumber(tx: Database, person: Person, known: Identity[]): Promise<Removal> {
    if (person.phoneNumber === null) return 'missing'
    if (!known.some(isWechat)) return 'needed'
    const nothing = { phoneNumber: null, numberProvedAt: null, formerNumber: null, password: null }
    await tx.update(people).set(nothing).where(eq(people.id, person.id))
    await raiseVersions(tx, person.id)
    return 'removed'
  }

  async function removePassword(tx: Database, person: Person): Promise<Removal> {
    if (person.password === null) return 'missing'
    await tx.update(people).set({ password: null }).where(eq(people.id, person.id))
    return 'removed'
  }

  async function removeWechat(
    tx: Database,
    person: Person,
    known: Identity[],
    { id, own }: { id: string; own: Session },
  ): Promise<Removal> {
    const identity = known.filter(isWechat).find((one) => one.id === id)
    if (!identity) return 'missing'
    // A number that only WeChat's button gave signs in with a second proof alone.
    const hasNumber = hasTextCodes && person.numberProvedAt !== null
    const hasAnother = known.filter(isWechat).length > 1 || hasNumber
    if (!hasAnother || id === own.identityId) return 'needed'
    await removeIdentity(tx, identity)
    await raiseVersions(tx, person.id)
    return 'removed'
  }

  return {
    async list({ identityId }) {
      const { personId } = await findById(database, identityId)
      const [person] = await database.select().from(people).where(eq(people.id, personId))
      const known = await identitiesOf(database, personId)
      return {
        phoneNumber: person?.phoneNumber ?? null,
        hasPassword: person ? person.password !== null : false,
        wechat: known
          .filter(isWechat)
          .map(({ id, provider }) => ({ id, provider, isCurrent: id === identityId })),
      }
    },

    remove: (own, way, address) =>
      transact(database, async (tx) => {
        const { person } = await holdPerson(tx, own.identityId, 'update')
        const known = await identitiesOf(tx, person.id)
        const removal =
          way === 'phone-number'
            ? await removeNumber(tx, person, known)
            : way === 'password'
              ? await removePassword(tx, person)
              : await removeWechat(tx, person, known, { id: way.id, own })
        if (removal === 'removed') {
          const about = typeof way === 'string' ? way : 'wechat'
          await eventLog.record(tx, { kind: 'way-removed', about, personId: person.id, address })
        }
        return removal
      }),
  }
}

const isWechat = ({ provider }: Identity) => provider !== 'phone'
