import { eq, sql } from 'drizzle-orm'
import { Hono } from 'hono'
import type { Database } from '../db/open'
import { coupons, identities } from '../db/schema'
import { answer, type AppEnv } from '../http/answer'
import { inLanguageOf } from '../http/language'
import { requires } from '../http/requires'
import { PersonGoneError } from '../people/rows'

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
      const { identityId } = c.get('session')
      // Locked while the coupon is made: nobody may get one while their account is being deleted.
      const owner = database
        .select({
          id: sql`gen_random_uuid()`.as('id'),
          unionid: identities.unionid,
          createdAt: sql`${new Date(now()).toISOString()}::timestamptz`.as('created_at'),
        })
        .from(identities)
        .where(eq(identities.id, identityId))
        .for('share')
      await database.insert(coupons).select(owner).onConflictDoNothing()
      const [own] = await database
        .select({ id: coupons.id })
        .from(coupons)
        .innerJoin(identities, eq(identities.unionid, coupons.unionid))
        .where(eq(identities.id, identityId))
      if (!own) throw new PersonGoneError()
      return answer(c, { ...own, name: inLanguageOf(c, name), amount })
    },
  )
}
