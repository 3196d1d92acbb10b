import { randomBytes } from 'node:crypto'
import { and, eq, gt, inArray } from 'drizzle-orm'
import { clearExpired } from '../db/clearExpired'
import type { Database } from '../db/database'
import { identities, scans, sessions } from '../db/schema'
import { transact } from '../db/transact'
import type { EventLog } from '../eventLog'
import { holdPerson } from '../people/hold'
import { nothingIfGone, onlyRow } from '../people/rows'
import type { Session, Sessions } from '../sessions'
import type { Beginning, Origin } from '../startSession'
import { hashOf } from '../storedSession'

/** How long a code can be scanned and confirmed, in seconds. */
export const scanLife = 120
/** How long a confirmed scan can be exchanged, and exchanged again, in ms. */
const exchangeLife = 60_000
/** How long the browser can still learn what became of a scan, in ms. */
const afterlife = 10 * 60_000
/** How many forgotten scans a new one clears away: more than it adds, but few. */
const clearedPerScan = 10

export const scanStatuses = ['waiting', 'scanned', 'confirmed', 'declined', 'expired'] as const

/** What has become of a scan; `expired` also when it was confirmed and not exchanged in time. */
export type ScanStatus = (typeof scanStatuses)[number]

type Scan = typeof scans.$inferSelect

/** The browser that wants to be signed in. */
export interface ScanAsker {
  /** Browser and system; missing where neither is known. */
  system?: string
  at: Date
}

/**
 * Browsers that are signed in by a phone, which scans the id of a code. The phone is known by the
 * identity of its session: the first one that scans has the code for itself.
 */
export interface Scans {
  /** Stored is only the hash of the secret, which the browser keeps to itself. */
  create(id: string, origin: Origin): Promise<{ secret: string }>
  /** Undefined where nobody has such a scan, or it has another secret. */
  statusOf(id: string, secret: string): Promise<ScanStatus | undefined>
  /** Of scans whose secrets are known to be right. */
  statusesOf(ids: string[]): Promise<Map<string, ScanStatus>>
  /** Returns who asks; undefined where the code is not, or no longer, for this phone. */
  scan(id: string, phone: Session): Promise<ScanAsker | undefined>
  /** False where this phone has not scanned it, or it is over. */
  confirm(id: string, phone: Session, address: string | undefined): Promise<boolean>
  /** The same. */
  decline(id: string, phone: Session): Promise<boolean>
  /**
   * Starts a session of the person who has confirmed. Once more with the same secret, it ends the
   * session that it started before, whose token has got lost with its answer, unless somebody has ended that one.
   */
  logIn(id: string, secret: string, beginning: Beginning): Promise<Session | undefined>
}

/** 128 random bits: not to be guessed, and short enough for the scene of a mini-program code. */
export const makeScanId = () => randomBytes(16).toString('base64url')

/** Whether a text can be an id of `makeScanId`. */
export const isScanId = (text: string) => /^[\w-]{22}$/.test(text)

const expiring = { table: scans, id: scans.id, time: scans.expiresAt }

/** `now` is in ms since 1970. */
export function createScans(
  database: Database,
  {
    sessions: sessionStore,
    eventLog,
    now,
  }: {
    sessions: Pick<Sessions, 'startIn'>
    eventLog: EventLog
    now: () => number
  },
): Scans {
  const isLive = () => gt(scans.expiresAt, new Date(now()))

  const currentStatus = ({ status, expiresAt }: Pick<Scan, 'status' | 'expiresAt'>): ScanStatus =>
    status !== 'declined' && expiresAt.getTime() <= now() ? 'expired' : status

  /** Lets a phone act on a live scan, which nobody else changes meanwhile. */
  function act<T>(
    id: string,
    { identityId }: Session,
    decide: (tx: Database, scan: Scan, personId: string) => Promise<T>,
  ): Promise<T | undefined> {
    return transact(database, async (tx) => {
      // The person before the scan, as whoever deletes the person does.
      const { person } = await holdPerson(tx, identityId, 'share')
      const [scan] = await tx
        .select()
        .from(scans)
        .where(and(eq(scans.id, id), isLive()))
        .for('update')
      return scan && decide(tx, scan, person.id)
    })
  }

  const change = (tx: Database, id: string, changes: Partial<Scan>) =>
    tx.update(scans).set(changes).where(eq(scans.id, id))

  const confirmedBy = (id: string, secret: string) =>
    and(
      eq(scans.id, id),
      eq(scans.secretHash, hashOf(secret)),
      eq(scans.status, 'confirmed'),
      isLive(),
    )

  /**
   * Whether nobody has ended the session that has confirmed, nor, if the scan has been exchanged, the
   * one that it was exchanged for, which ends now.
   */
  async function isStillWanted(tx: Database, { lineage, tokenHash }: Scan): Promise<boolean> {
    if (tokenHash !== null) {
      const former = tx.delete(sessions).where(eq(sessions.tokenHash, tokenHash))
      return (await former.returning()).length > 0
    }
    if (lineage === null) return false
    const confirming = tx.select({ id: sessions.id }).from(sessions)
    return (await confirming.where(eq(sessions.lineage, lineage)).for('key share')).length > 0
  }

  return {
    async create(id, { address, system }) {
      const secret = randomBytes(32).toString('base64url')
      const createdAt = new Date(now())
      await database.insert(scans).values({
        ...{ id, secretHash: hashOf(secret), status: 'waiting', address, system, createdAt },
        expiresAt: new Date(now() + scanLife * 1000),
      })
      await clearExpired(database, expiring, new Date(now() - afterlife), clearedPerScan)
      return { secret }
    },

    async statusOf(id, secret) {
      const own = and(eq(scans.id, id), eq(scans.secretHash, hashOf(secret)))
      const [scan] = await database.select().from(scans).where(own)
      return scan && currentStatus(scan)
    },

    async statusesOf(ids) {
      const found = await database
        .select({ id: scans.id, status: scans.status, expiresAt: scans.expiresAt })
        .from(scans)
        .where(inArray(scans.id, ids))
      return new Map(found.map((scan) => [scan.id, currentStatus(scan)]))
    },

    scan: (id, phone) =>
      act(id, phone, async (tx, { status, identityId, system, createdAt }) => {
        const isOwn = status === 'scanned' && identityId === phone.identityId
        if (status !== 'waiting' && !isOwn) return undefined
        await change(tx, id, { status: 'scanned', identityId: phone.identityId })
        return { ...(system !== null && { system }), at: createdAt }
      }),

    async confirm(id, phone, address) {
      const isConfirmed = await act(id, phone, async (tx, { status, identityId }, personId) => {
        if (identityId !== phone.identityId) return false
        // The phone may send it again, having lost the answer.
        if (status !== 'scanned') return status === 'confirmed'
        const expiresAt = new Date(now() + exchangeLife)
        await change(tx, id, { status: 'confirmed', expiresAt, lineage: phone.lineage })
        await eventLog.record(tx, { kind: 'scan', personId, address })
        return true
      })
      return isConfirmed ?? false
    },

    async decline(id, phone) {
      const isDeclined = await act(id, phone, async (tx, { status, identityId }) => {
        if (identityId !== phone.identityId) return false
        if (status === 'scanned') await change(tx, id, { status: 'declined' })
        return status === 'scanned' || status === 'declined'
      })
      return isDeclined ?? false
    },

    async logIn(id, secret, beginning) {
      const confirmed = confirmedBy(id, secret)
      const [known] = await database.select().from(scans).where(confirmed)
      const identityId = known?.identityId
      if (!identityId) return undefined
      return transact(database, async (tx) => {
        // The person before the scan, here too.
        const holding = await holdPerson(tx, identityId, 'share').catch(nothingIfGone)
        if (!holding) return undefined
        const [scan] = await tx.select().from(scans).where(confirmed).for('update')
        if (!scan || !(await isStillWanted(tx, scan))) return undefined
        // Of two logins at once the second counts the first one's session.
        const own = tx.select().from(identities).where(eq(identities.id, identityId))
        const {
          id: heldId,
          provider,
          appId,
          subject,
          unionid,
          personId,
        } = onlyRow(await own.for('no key update'))
        const identity = { id: heldId, provider, appId, subject, unionid, personId }
        const held = { ...identity, isNewPerson: false, writes: [] }
        const session = await sessionStore.startIn(tx, held, { ...beginning, isLasting: true })
        const expiresAt = scan.tokenHash ? scan.expiresAt : new Date(now() + exchangeLife)
        await change(tx, id, { tokenHash: hashOf(session.accessToken), expiresAt })
        return session
      })
    },
  }
}
