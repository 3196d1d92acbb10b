import { eq, inArray } from 'drizzle-orm'
import { Hono } from 'hono'
import type { Database } from '../db/database'
import { coupons } from '../db/schema'
import { transact } from '../db/transact'
import { answer, type AppEnv } from '../http/answer'
import { inLanguageOf } from '../http/language'
import { requires } from '../http/requires'
import { holdPerson } from '../people/hold'
import { onlyRow } from '../people/rows'
import type { Session } from '../sessions'

const name = { zh: '新人立减 50 元', en: '¥50 off for newcomers' }
const amount = 5000

/**
 * `POST /coupons`: the newcomer's coupon, `amount` in fen. One for each user, whom the business
 * knows by the unionid in all its apps; asking again returns the same one.
 */
export function couponRoutes(database: Database, now: () => number) {
  return new Hono<AppEnv>().post(
    '/coupons',
    requires('second-proof', {
      scheme: 'getUserInfo',
      reason: { zh: '用于确认您是首次领取', en: 'To see that it is your first one' },
    }),
    async (c) => {
      const own = await take(database, c.get('session'), new Date(now()))
      return answer(c, { ...own, name: inLanguageOf(c, name), amount })
    },
  )
}

/** Takes the coupon under the hold of the person: nobody has one whose account is being deleted. */
function take(database: Database, session: Session, createdAt: Date) {
  return transact(database, async (tx) => {
    const { id, unionid } = (await holdPerson(tx, session.identityId, 'update')).identity
    const holder = unionid ?? session.unionid ?? id
    // Somebody whose unionid has become known since has theirs already.
    const own = tx.select({ id: coupons.id }).from(coupons)
    const find = async () => (await own.where(inArray(coupons.holder, [holder, id])))[0]
    const found = await find()
    if (found) return found
    await tx.insert(coupons).values({ holder, createdAt }).onConflictDoNothing()
    return onlyRow(await own.where(eq(coupons.holder, holder)))
  })
}
