import { readChallenges } from './challenges'
import type { Exchange } from './exchange'
import { findTokenState, stateOf } from './tokenState'
import { demand } from './verdicts'

const loginSchemes = ['wxlogin', 'bearer']

export const challengesOf = ({ headers }: Exchange) =>
  readChallenges(headers.get('WWW-Authenticate') ?? '')

/** The schemes of its challenges, in order, in lower case. */
export const schemesOf = (exchange: Exchange) =>
  challengesOf(exchange).list.map(({ scheme }) => scheme)

/** Whether it is a 401 that asks for one of the user's things. */
export function asksFor(exchange: Exchange, scheme: 'getPhoneNumber' | 'getUserInfo'): boolean {
  return exchange.status === 401 && schemesOf(exchange).includes(scheme.toLowerCase())
}

/** @throws Violation unless it says that a session is missing, and asks for nothing else */
export function demandLoginChallenge(exchange: Exchange, situation: string): void {
  const wants = `${situation}: 401 that names no scheme, or only WxLogin and Bearer`
  demand(exchange.status === 401, wants, exchange)
  demand(
    schemesOf(exchange).every((scheme) => loginSchemes.includes(scheme)),
    wants,
    exchange,
  )
  demand(findTokenState(exchange).is === 'none', `${situation}: no token state`, exchange)
}

/** @throws Violation unless it says that the login code was refused */
export function demandCodeRefusal(exchange: Exchange, situation: string): void {
  const isRefusal = challengesOf(exchange).list.some(
    ({ scheme, params }) => scheme === 'wxlogin' && params.get('error')?.value === 'invalid_code',
  )
  const wants = `${situation}: 401 with WWW-Authenticate: WxLogin error="invalid_code"`
  demand(exchange.status === 401 && isRefusal, wants, exchange)
}

/** @throws Violation unless it says that what somebody signs in with is wrong, and nothing else */
export function demandCredentialsRefusal(exchange: Exchange, situation: string): void {
  const { list } = challengesOf(exchange)
  const isRefusal =
    list.length === 1 &&
    list[0]?.scheme === 'bearer' &&
    list[0].params.get('error')?.value === 'invalid_credentials'
  const wants = `${situation}: 401 with WWW-Authenticate: Bearer error="invalid_credentials"`
  demand(exchange.status === 401 && isRefusal, wants, exchange)
  demand(findTokenState(exchange).is === 'none', `${situation}: no token state`, exchange)
}

/** @throws Violation unless it asks for a login that is at most so old, in seconds */
export function demandFreshLogin(exchange: Exchange, situation: string, maxAge: number): void {
  const challenges = `Bearer error="insufficient_user_authentication", max_age="${maxAge}"`
  const wants = `${situation}: 401 with WWW-Authenticate: WxLogin, ${challenges}`
  const isAsked = challengesOf(exchange).list.some(
    ({ scheme, params }) =>
      scheme === 'bearer' &&
      params.get('error')?.value === 'insufficient_user_authentication' &&
      params.get('max_age')?.value === String(maxAge),
  )
  demand(exchange.status === 401 && isAsked, wants, exchange)
}

/** @throws Violation unless it is a success with a token state, whose members it returns */
export function demandTokenState(exchange: Exchange, situation: string): Record<string, unknown> {
  const { status } = exchange
  demand(status >= 200 && status < 300, `${situation}: a success`, exchange)
  demand(findTokenState(exchange).is !== 'none', `${situation}: a token state`, exchange)
  return stateOf(exchange)
}

/** @throws Violation unless it is a 4xx that does not send the client to log in */
export function demandRefusal(exchange: Exchange, situation: string, statuses?: number[]): void {
  const { status } = exchange
  const wants = statuses ? statuses.join(' or ') : 'a 4xx other than 401'
  const isRefusal = statuses?.includes(status) ?? (status >= 400 && status < 500 && status !== 401)
  demand(isRefusal, `${situation}: ${wants}`, exchange)
}
