import { eq, inArray, sql } from 'drizzle-orm'
import type { Database } from './db/open'
import { bookings, identities, people, sessions } from './db/schema'
import type { Vault } from './vault'
import type { WeChatLogin } from './wechat/client'

type Identity = typeof identities.$inferSelect
type Person = typeof people.$inferSelect

/** Who uses the business, and by which WeChat identity they come. */
export interface People {
  /** Finds or makes the identity of a login, keeps its session key, and gives the identity's id. */
  signIn(login: WeChatLogin): Promise<string>
  /** The identity's session keys, the newest first; those of a former secret are left out. */
  sessionKeys(identityId: string): Promise<string[]>
  learnUnionid(identityId: string, unionid: string): Promise<void>
  setNickname(identityId: string, nickname: string): Promise<void>
  /** Makes `phoneNumber`, in E.164, the person's. Whoever had it before is joined with them. */
  bindPhoneNumber(identityId: string, phoneNumber: string): Promise<void>
}

export function createPeople(database: Database, vault: Vault, now: () => number): People {
  async function create(tx: Database, { openid, unionid, sessionKey }: WeChatLogin) {
    const relative = unionid ? await findByUnionid(tx, unionid) : undefined
    const personId = relative?.personId ?? (await createPerson(tx)).id
    const identity = { openid, unionid, personId, sessionKey: vault.seal(sessionKey, openid) }
    return only(await tx.insert(identities).values(identity).returning())
  }

  async function createPerson(tx: Database) {
    return only(
      await tx
        .insert(people)
        .values({ createdAt: new Date(now()) })
        .returning(),
    )
  }

  async function keepSessionKey(tx: Database, identity: Identity, sessionKey: string) {
    // WeChat gives the same key again while it is good: it must not push the older one out.
    if (vault.open(identity.sessionKey, identity.openid) === sessionKey) return
    const keys = {
      sessionKey: vault.seal(sessionKey, identity.openid),
      previousSessionKey: identity.sessionKey,
    }
    await tx.update(identities).set(keys).where(eq(identities.id, identity.id))
  }

  return {
    async signIn(login) {
      const { openid, unionid, sessionKey } = login
      const isNews = (known: Identity | undefined) =>
        !known || (unionid !== undefined && unionid !== known.unionid)
      const changesPeople = isNews(await findByOpenid(database, openid))

      return database.transaction(async (tx) => {
        if (changesPeople) await lockPeople(tx)
        const known = await findByOpenid(tx, openid, 'update')
        const identity = known ?? (await create(tx, login))
        if (known) await keepSessionKey(tx, known, sessionKey)
        if (known && unionid && isNews(known)) await setUnionid(tx, known, unionid)
        return identity.id
      })
    },

    async sessionKeys(identityId) {
      const { openid, sessionKey, previousSessionKey } = await findById(database, identityId)
      return [sessionKey, previousSessionKey].flatMap(
        (sealed) => (sealed && vault.open(sealed, openid)) || [],
      )
    },

    learnUnionid: (identityId, unionid) =>
      database.transaction(async (tx) => {
        await lockPeople(tx)
        const identity = await findById(tx, identityId)
        if (identity.unionid !== unionid) await setUnionid(tx, identity, unionid)
      }),

    async setNickname(identityId, nickname) {
      await database.update(identities).set({ nickname }).where(eq(identities.id, identityId))
    },

    bindPhoneNumber: (identityId, phoneNumber) =>
      database.transaction(async (tx) => {
        await lockPeople(tx)
        const person = await personOf(tx, await findById(tx, identityId))
        if (person.phoneNumber === phoneNumber) return
        const [holder] = await tx.select().from(people).where(eq(people.phoneNumber, phoneNumber))
        const { id, registeredAt } = holder ? await join(tx, person, holder) : person
        await tx
          .update(people)
          .set({ phoneNumber, registeredAt: registeredAt ?? new Date(now()) })
          .where(eq(people.id, id))
        await raiseVersions(tx, id)
      }),
  }
}

/**
 * Who belongs to whom changes one transaction after the other: two that join crosswise would
 * deadlock, two first logins of one user would make two people.
 */
async function lockPeople(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(1)`)
}

async function findByOpenid(tx: Database, openid: string, lock?: 'update') {
  const query = tx.select().from(identities).where(eq(identities.openid, openid))
  const [identity] = await (lock ? query.for(lock) : query)
  return identity
}

async function findByUnionid(tx: Database, unionid: string) {
  const [identity] = await tx.select().from(identities).where(eq(identities.unionid, unionid))
  return identity
}

async function findById(tx: Database, id: string): Promise<Identity> {
  return only(await tx.select().from(identities).where(eq(identities.id, id)))
}

async function personOf(tx: Database, { personId }: Identity): Promise<Person> {
  return only(await tx.select().from(people).where(eq(people.id, personId)))
}

/** Joins the identity with the people who have the same unionid on another platform. */
async function setUnionid(tx: Database, identity: Identity, unionid: string): Promise<void> {
  const relative = await findByUnionid(tx, unionid)
  await tx.update(identities).set({ unionid }).where(eq(identities.id, identity.id))
  const person = await personOf(tx, identity)
  const isSame = !relative || relative.personId === person.id
  const { id } = isSame ? person : await join(tx, person, await personOf(tx, relative))
  await raiseVersions(tx, id)
}

/** Makes one person of two and gives the one that stays: who has had a uid for longer. */
async function join(tx: Database, one: Person, other: Person): Promise<Person> {
  const [elder, younger] = isElder(one, other) ? [one, other] : [other, one]
  const move = { personId: elder.id }
  await tx.update(identities).set(move).where(eq(identities.personId, younger.id))
  await tx.update(bookings).set(move).where(eq(bookings.personId, younger.id))
  await tx.delete(people).where(eq(people.id, younger.id))
  return elder
}

function isElder(one: Person, other: Person): boolean {
  const uidSince = (person: Person) => person.registeredAt?.getTime() ?? Infinity
  return uidSince(one) === uidSince(other)
    ? one.createdAt <= other.createdAt
    : uidSince(one) < uidSince(other)
}

/** The token states of all of the person's sessions have changed. */
async function raiseVersions(tx: Database, personId: string): Promise<void> {
  const own = tx.select({ id: identities.id }).from(identities)
  await tx
    .update(sessions)
    .set({ version: sql`${sessions.version} + 1` })
    .where(inArray(sessions.identityId, own.where(eq(identities.personId, personId))))
}

function only<T>(rows: T[]): T {
  const [row] = rows
  if (!row) throw new Error('a row that must exist is missing')
  return row
}
