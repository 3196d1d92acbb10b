import { eq } from 'drizzle-orm'
import { Hono } from 'hono'
import type { Database } from '../db/database'
import { coupons } from '../db/schema'
import { transact } from '../db/transact'
import { answer, type AppEnv } from '../http/answer'
import { inLanguageOf } from '../http/language'
import { requires } from '../http/requires'
import { holdPerson } from '../people/hold'
import { onlyRow } from '../people/rows'

const name = { zh: '新人立减 50 元', en: '¥50 off for newcomers' }
const amount = 5000

/**
 * `POST /coupons`: the newcomer's coupon, `amount` in fen. One for each WeChat user, whom the
 * business knows by the unionid in all its apps; asking again returns the same one.
 */
export function couponRoutes(database: Database, now: () => number) {
  return new Hono<AppEnv>().post(
    '/coupons',
    requires({
      scheme: 'getUserInfo',
      reason: { zh: '用于确认您是首次领取', en: 'To see that it is your first one' },
    }),
    async (c) => {
      const own = await take(database, c.get('session').identityId, new Date(now()))
      return answer(c, { ...own, name: inLanguageOf(c, name), amount })
    },
  )
}

/** Takes the coupon under the hold of the person: nobody has one whose account is being deleted. */
function take(database: Database, identityId: string, createdAt: Date) {
  return transact(database, async (tx) => {
    const { unionid } = (await holdPerson(tx, identityId, 'share')).identity
    if (unionid === null) throw new Error('a unionid that was required is missing')
    await tx.insert(coupons).values({ unionid, createdAt }).onConflictDoNothing()
    const own = tx.select({ id: coupons.id }).from(coupons).where(eq(coupons.unionid, unionid))
    return onlyRow(await own)
  })
}
