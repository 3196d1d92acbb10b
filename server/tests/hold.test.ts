import { PgDialect } from 'drizzle-orm/pg-core'
import { expect, it } from 'vitest'
import { keysHeld, type Key } from '../src/people/hold'

const user = { provider: 'wechat-mini-program', appId: 'wx-of-one', subject: 'somebody' } as const
const keys: Key[] = [
  ['identity', user],
  ['identity', { ...user, provider: 'wechat-web' }],
  ['identity', { ...user, appId: 'wx-of-another' }],
  ['identity', { ...user, subject: 'somebody else' }],
  ['unionid', 'somebody'],
  ['phone', 'somebody'],
]

/** The numbers that the database locks, in their order. */
function locksOf(...held: Key[]): string[] {
  const [list] = new PgDialect().sqlToQuery(keysHeld(...held)).params
  return String(list).slice(1, -1).split(',')
}

it('each key is held for itself: no login waits for that of another user', () => {
  expect(new Set(keys.flatMap((key) => locksOf(key))).size).toBe(keys.length)
})

it('keys are taken once, and in the same order by all who need them: nobody deadlocks', () => {
  const locks = locksOf(...keys)
  expect(locks).toHaveLength(keys.length)
  expect(locksOf(...[...keys].reverse(), ...keys)).toEqual(locks)
})
