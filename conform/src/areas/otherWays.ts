import { challengesOf, demandCredentialsRefusal, demandRefusal } from '../answers'
import { canonical } from '../challenges'
import type { Area, Probe } from '../check'
import type { Context } from '../context'
import { dataOf, isObject, jsonOf, memberOf, type Exchange } from '../exchange'
import { numbers, once } from '../sampleUsers'
import { findTokenState, isNumber } from '../tokenState'
import { Blocked, demand, Skipped, unlimited } from '../verdicts'
import { demandOffered, oauthProviders, type Way } from '../ways'

/** No carrier in China has the prefix 154. */
const nobodysPhone = '15400000000'
const smsCode = '000000'
const password = 'conform no such password'

/** A request to sign in, or to be sent a text code. */
type Attempt = readonly [method: 'POST' | 'PUT', path: string, json: Record<string, unknown>]

const attempt = async ({ send }: Context, [method, path, json]: Attempt): Promise<Exchange> =>
  unlimited(await send(method, path, { json }))

/** What the answer says to somebody who tries numbers; what only names the request is left out. */
function contentOf(exchange: Exchange): string {
  const problem = jsonOf(exchange)
  return JSON.stringify([
    exchange.status,
    canonical(challengesOf(exchange)),
    ...['type', 'title', 'detail'].map((name) => memberOf(problem, name)),
  ])
}

/** What is wrong for any number, and must not say whether somebody has it. */
function refused(what: string, ways: Way[], attemptWith: (phone: string) => Attempt): Probe {
  return {
    title: `${what} is refused with 401, the same whether somebody has the number`,
    section: '401',
    async probe(context) {
      await demandOffered(context, ...ways)
      const { known, unknown } = await numbers(context)
      const toUnknown = await attempt(context, attemptWith(unknown))
      demandCredentialsRefusal(toUnknown, `${what} for a number that nobody has`)
      const toKnown = await attempt(context, attemptWith(known))
      demandCredentialsRefusal(toKnown, `${what} for a number that somebody has`)
      const wants = `${what}: the same answer as for a number that nobody has`
      demand(contentOf(toKnown) === contentOf(toUnknown), wants, toKnown)
    },
  }
}

/** JSON that nobody can mean, to the endpoints of these ways. */
function misshapen(what: string, ways: Way[], attempts: Attempt[]): Probe {
  return {
    title: `${what} of the wrong shape is refused with 422`,
    section: 'faulty-requests',
    async probe(context) {
      await demandOffered(context, ...ways)
      for (const one of attempts) {
        const [method, path, json] = one
        const situation = `${method} ${path} with ${JSON.stringify(json)}`
        demandRefusal(await attempt(context, one), situation, [422])
      }
    },
  }
}

/** How requests for text codes are answered, for a number that somebody has, and for another one. */
const askedCodes = once(async (context) => {
  await demandOffered(context, 'sms')
  const { known, unknown } = await numbers(context)
  const ask = async (phone: string) =>
    sent(await attempt(context, ['POST', '/auth/sms-codes', { phone, purpose: 'login' }]))
  return { toUnknown: await ask(unknown), toKnown: await ask(known) }
})

/** @throws Skipped or Blocked where no text message was sent, which the contract allows */
function sent(exchange: Exchange): Exchange {
  const { status } = exchange
  if (status === 503) throw new Blocked('the backend cannot send text messages now', exchange)
  const isCaptcha =
    status === 403 && /\/problems\/captcha-needed$/.test(String(memberOf(jsonOf(exchange), 'type')))
  if (isCaptcha) throw new Skipped('the backend wants a captcha before it sends a text code')
  return exchange
}

const hasDigits = (value: unknown) => /(?<!\d)\d{4,8}(?!\d)/.test(JSON.stringify(value))

export const otherWays: Area = {
  title: 'Phone numbers, passwords and WeChat’s other apps',
  checks: {
    password: refused('a wrong password', ['password'], (phone) => [
      'POST',
      '/auth/login',
      { phone, password },
    ]),
    'text-code': refused('a wrong text code', ['sms'], (phone) => [
      'POST',
      '/auth/login',
      { phone, smsCode },
    ]),
    'new-password': refused(
      'a new password with a wrong text code',
      ['sms', 'password'],
      (phone) => ['PUT', '/auth/password', { phone, smsCode, password }],
    ),
    'ask-code': {
      title: 'POST /auth/sms-codes is answered 202 with resendAfter and expiresIn in seconds',
      section: 'endpoints',
      async probe(context) {
        const { toUnknown } = await askedCodes(context)
        const wants = '202 { data: { resendAfter, expiresIn } }, in seconds, without token state'
        const data = dataOf(toUnknown)
        const resendAfter = memberOf(data, 'resendAfter')
        const expiresIn = memberOf(data, 'expiresIn')
        const areTimes =
          isNumber(resendAfter) && resendAfter >= 0 && isNumber(expiresIn) && expiresIn > 0
        demand(toUnknown.status === 202 && areTimes, wants, toUnknown)
        demand(findTokenState(toUnknown).is === 'none', wants, toUnknown)
      },
    },
    'ask-code-same': {
      title: 'POST /auth/sms-codes answers the same whether somebody has the number',
      section: 'endpoints',
      async probe(context) {
        const { toUnknown, toKnown } = await askedCodes(context)
        const answerOf = ({ status, ...exchange }: Exchange) =>
          JSON.stringify([status, dataOf({ status, ...exchange })])
        const wants = 'the same answer as for a number that nobody has'
        demand(answerOf(toKnown) === answerOf(toUnknown), wants, toKnown)
      },
    },
    'ask-code-hidden': {
      title: 'the answer to POST /auth/sms-codes does not hold the code',
      section: 'endpoints',
      async probe(context) {
        const { toKnown } = await askedCodes(context)
        const data = dataOf(toKnown)
        const {
          resendAfter: _resendAfter,
          expiresIn: _expiresIn,
          ...others
        } = isObject(data) ? data : {}
        demand(!hasDigits(others), 'data without four to eight digits', toKnown)
      },
    },
    'text-code-shape': misshapen(
      'a request with a text code',
      ['sms'],
      [
        ['POST', '/auth/sms-codes', { phone: 7, purpose: 'login' }],
        ['POST', '/auth/sms-codes', { phone: nobodysPhone, purpose: 'conform' }],
        ['POST', '/auth/login', { phone: nobodysPhone, smsCode: [smsCode] }],
      ],
    ),
    'password-shape': misshapen(
      'a request with a password',
      ['password'],
      [
        ['POST', '/auth/login', { phone: nobodysPhone, password: { a: 1 } }],
        ['PUT', '/auth/password', { phone: nobodysPhone, smsCode, password: null }],
      ],
    ),
    'wechat-code': {
      title: 'an unknown code of WeChat’s OAuth is refused with 401 invalid_credentials',
      section: '401',
      async probe(context) {
        await demandOffered(context, 'wechat')
        const code = 'conform-no-such-code'
        let refusals = 0
        for (const provider of oauthProviders) {
          const exchange = await attempt(context, ['POST', '/auth/login', { provider, code }])
          // An app that is not set up.
          if (exchange.status === 422) continue
          demandCredentialsRefusal(exchange, `an unknown code of ${provider}`)
          refusals++
        }
        const wants = 'one of the providers, as the 401 names wechat in methods'
        demand(refusals > 0, wants, `422 for ${oauthProviders.join(', ')}`)
      },
    },
    'wechat-shape': misshapen(
      'a login with a provider',
      ['wechat'],
      [
        ['POST', '/auth/login', { provider: 7, code: 'conform' }],
        ['POST', '/auth/login', { provider: 'conform', code: 'conform' }],
      ],
    ),
  },
}
