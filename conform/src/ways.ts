import { challengesOf } from './answers'
import type { Context } from './context'
import { once } from './sampleUsers'
import { Skipped } from './verdicts'

/** A way to sign in that needs no login of a mini-program, as a 401 names it. */
export type Way = 'sms' | 'password' | 'scan' | 'wechat'

/** The apps of WeChat’s OAuth whose codes sign in. */
export const oauthProviders = ['wechat-official', 'wechat-web', 'wechat-app'] as const

/** Those that the 401 names that a guest gets. */
const namedWays = once(async ({ call, routes }) => {
  const { list } = challengesOf(await call(routes.session))
  return list.flatMap(({ scheme, params }) =>
    scheme === 'bearer' ? (params.get('methods')?.value.split(' ') ?? []) : [],
  )
})

/** @throws Skipped unless the backend names all of these ways to sign in */
export async function demandOffered(context: Context, ...ways: Way[]): Promise<void> {
  const named = await namedWays(context)
  const missing = ways.filter((way) => !named.includes(way))
  if (missing.length === 0) return
  throw new Skipped(`the backend’s 401 does not name ${missing.join(' and ')} in methods`)
}
