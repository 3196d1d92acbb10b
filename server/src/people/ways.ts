import { eq, inArray } from 'drizzle-orm'
import type { Database } from '../db/database'
import { identities, people, sessions } from '../db/schema'
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
  /** Each a user of WeChat, in however many apps. `isCurrent`: the session began so. */
  wechat: { id: string; provider: Identity['provider']; isCurrent: boolean }[]
}

/** One of them: the id is that of a WeChat user. */
export type Way = 'phone-number' | 'password' | { id: string }

/** `needed`: it is the last one, or the one that the session began with. */
export type Removal = 'removed' | 'missing' | 'needed'

/** The ways of one person to sign in, as seen from a session. Promises reject with PersonGoneError. */
export interface Ways {
  list(own: Session): Promise<OwnWays>
  /**
   * With the sessions that began so. With the number goes the password, which says nothing without
   * it, and with a user of WeChat what all apps know of them: each leads back to the person otherwise.
   */
  remove(own: Session, way: Way, address: string | undefined): Promise<Removal>
}

export interface WaysOptions {
  /** Whether a number is a way to sign in. */
  hasTextCodes: boolean
  eventLog: EventLog
}

export function createWays(database: Database, { hasTextCodes, eventLog }: WaysOptions): Ways {
  const identitiesOf = (tx: Database, personId: string) =>
    tx
      .select()
      .from(identities)
      .where(eq(identities.personId, personId))
      // A user of several apps is shown as the same one each time.
      .orderBy(identities.provider, identities.id)

  /** Whether a text code signs in: with a number that only WeChat's button gave, a second proof is needed. */
  const hasNumber = ({ numberProvedAt }: Person) => hasTextCodes && numberProvedAt !== null

  async function removeNumber(
    tx: Database,
    person: Person,
    known: Identity[],
    own: Session,
  ): Promise<Removal> {
    if (person.phoneNumber === null) return 'missing'
    if (!known.some(isWechat) || own.provider === 'phone') return 'needed'
    const nothing = { phoneNumber: null, numberProvedAt: null, formerNumber: null, password: null }
    await tx.update(people).set(nothing).where(eq(people.id, person.id))
    const byNumber = known.flatMap((one) => (isWechat(one) ? [] : one.id))
    await tx.delete(sessions).where(inArray(sessions.identityId, byNumber))
    await raiseVersions(tx, person.id)
    return 'removed'
  }

  async function removePassword(tx: Database, person: Person, known: Identity[]): Promise<Removal> {
    if (person.password === null) return 'missing'
    // With a number that has become another's, it may be all that is left.
    if (!known.some(isWechat) && !hasNumber(person)) return 'needed'
    await tx.update(people).set({ password: null }).where(eq(people.id, person.id))
    return 'removed'
  }

  async function removeWechat(
    tx: Database,
    person: Person,
    known: Identity[],
    { id, own }: { id: string; own: Session },
  ): Promise<Removal> {
    const users = wechatUsers(known)
    const user = users.find((one) => one.some((identity) => identity.id === id))
    if (!user) return 'missing'
    const isLast = users.length === 1 && !hasNumber(person)
    if (isLast || user.some((identity) => identity.id === own.identityId)) return 'needed'
    for (const identity of user) await removeIdentity(tx, identity)
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
        hasPassword: (person?.password ?? null) !== null,
        wechat: wechatUsers(known).map((user) => {
          const current = user.find(({ id }) => id === identityId)
          const { id, provider } = current ?? user[0]
          return { id, provider, isCurrent: current !== undefined }
        }),
      }
    },

    remove: (own, way, address) =>
      transact(database, async (tx) => {
        const { person } = await holdPerson(tx, own.identityId, 'update')
        const known = await identitiesOf(tx, person.id)
        const removal =
          way === 'phone-number'
            ? await removeNumber(tx, person, known, own)
            : way === 'password'
              ? await removePassword(tx, person, known)
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

/** What several apps of one open platform account know of the same user goes together. */
function wechatUsers(known: Identity[]): (readonly [Identity, ...Identity[]])[] {
  const users: [Identity, ...Identity[]][] = []
  for (const identity of known.filter(isWechat)) {
    const { unionid } = identity
    const user = users.find(([one]) => unionid !== null && one.unionid === unionid)
    if (user) user.push(identity)
    else users.push([identity])
  }
  return users
}
