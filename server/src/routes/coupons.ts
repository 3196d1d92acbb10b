import { eq } from 'drizzle-orm'
import { Hono } from 'hono'
import type { Database } from '../db/open'
import { coupons } from '../db/schema'
import { answer, type AppEnv } from '../http/answer'
import { inLanguageOf } from '../http/language'
import { require } from '../http/require'

const name = { zh: '新人立减 50 元', en: '¥50 off for newcomers' }
const amount = 5000

/**
 * `POST /coupons`: the newcomer's coupon, `amount` in fen. One for each WeChat user, whom the
 * business knows by the unionid in all its apps; asking again gives the same one.
 */
export function couponRoutes(database: Database, now: () => number) {
  return new Hono<AppEnv>().post(
    '/coupons',
    require({
      scheme: 'getUserInfo',
      reason: { zh: '用于确认您是首次领取', en: 'To see that it is your first one' },
    }),
    async (c) => {
      // `require` has seen to it that there is one.
      const unionid = c.get('session').unionid as string
      await database
        .insert(coupons)
        .values({ unionid, createdAt: new Date(now()) })
        .onConflictDoNothing()
      const [{ id } = { id: undefined }] = await database
        .select({ id: coupons.id })
        .from(coupons)
        .where(eq(coupons.unionid, unionid))
      return answer(c, { id, name: inLanguageOf(c, name), amount })
    },
  )
}
