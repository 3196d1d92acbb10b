import { randomBytes } from 'node:crypto'
import { Refusal } from './errors'

// WeChat: 获取稳定版接口调用凭据.
const life = 7_200_000
const renewalMargin = 5 * 60_000
const day = 24 * 60 * 60_000
const forceLimit = { perDay: 20, interval: 30_000 }

/** The credentials of a backend at WeChat's API, as `stable_token` returns them. */
export interface AccessTokens {
  /**
   * The current token, or a new one when that has less than 5 minutes left; the older then lives
   * on to its end. With `force` a new one, and the older ones end. `expires_in` is in seconds.
   */
  issue(force: boolean): { access_token: string; expires_in: number }
  /** Throws Refusal 41001 (none), 42001 (too old) or 40001 (unknown, or ended by force). */
  check(token: string | undefined): void
}

/** `now` is in ms. */
export function createAccessTokens(now: () => number): AccessTokens {
  const ends = new Map<string, number>()
  let newest: { token: string; end: number } | undefined
  let forcedAt: number[] = []

  /** The limits are WeChat's; which code it answers beyond them is not documented. */
  function countForce() {
    forcedAt = forcedAt.filter((time) => now() - time < day)
    if (forcedAt.length >= forceLimit.perDay) throw new Refusal(45009)
    if (now() - (forcedAt.at(-1) ?? -Infinity) < forceLimit.interval) throw new Refusal(45011)
    forcedAt.push(now())
  }

  function renew() {
    const made = { token: randomBytes(96).toString('base64url'), end: now() + life }
    ends.set(made.token, made.end)
    return made
  }

  return {
    issue(force) {
      if (force) {
        countForce()
        ends.clear()
      }
      const isGood = newest && !force && now() < newest.end - renewalMargin
      newest = newest && isGood ? newest : renew()
      return {
        access_token: newest.token,
        expires_in: Math.floor((newest.end - now()) / 1000),
      }
    },
    check(token) {
      if (!token) throw new Refusal(41001)
      const end = ends.get(token)
      if (end === undefined) throw new Refusal(40001)
      if (now() >= end) throw new Refusal(42001)
    },
  }
}
