import { demandCodeRefusal, demandTokenState, schemesOf } from '../answers'
import type { Area } from '../check'
import type { Context } from '../context'
import { isSuccess, type Exchange } from '../exchange'
import { anySession, customer, usedCode } from '../sampleUsers'
import { findTokenState } from '../tokenState'
import { demand, Skipped } from '../verdicts'

const logIn = ({ send }: Context, code: string) => send('POST', '/auth/login', { json: { code } })

/** The session's route with a login code. @throws Skipped where the backend does not know WxLogin */
async function callWithCode({ call, routes }: Context, loginCode: string): Promise<Exchange> {
  const exchange = await call(routes.session, { loginCode })
  const isUnknown =
    [400, 401, 403].includes(exchange.status) &&
    !schemesOf(exchange).includes('wxlogin') &&
    findTokenState(exchange).is === 'none'
  if (isUnknown) throw new Skipped('the backend does not know WxLogin, which the contract allows')
  return exchange
}

const unknownCode = 'conform-no-such-code'

export const login: Area = {
  title: 'Logins',
  checks: {
    'by-post': {
      title: 'POST /auth/login turns a login code into a token state',
      section: 'endpoints',
      async probe(context) {
        demandTokenState((await usedCode(context)).exchange, 'a login with a new code')
      },
    },
    'by-request': {
      title: 'a request that brings its login code is performed, with a token state',
      section: 'how-a-request-signs-in',
      async probe(context) {
        const code = await (await context.people.invent()).loginCode()
        demandTokenState(await callWithCode(context, code), 'a request with a new login code')
      },
    },
    'token-works': {
      title: 'the token of a login opens a route that needs a session',
      section: 'how-a-request-signs-in',
      async probe(context) {
        const { token } = await anySession(context)
        const exchange = await context.call(context.routes.session, { token })
        demand(isSuccess(exchange), 'the session’s route with a new token: a success', exchange)
      },
    },
    'single-use': {
      title: 'a login code works once',
      section: '401',
      async probe(context) {
        const { code } = await usedCode(context)
        demandCodeRefusal(await logIn(context, code), 'the second login with a code')
      },
    },
    'single-use-by-request': {
      title: 'a login code that was used does not open a request',
      section: '401',
      async probe(context) {
        const { code } = await usedCode(context)
        demandCodeRefusal(await callWithCode(context, code), 'a request with a used login code')
      },
    },
    'single-use-at-once': {
      title: 'of two logins at once with the same code, one succeeds',
      section: '401',
      async probe(context) {
        const code = await (await context.people.invent()).loginCode()
        const both = await Promise.all([logIn(context, code), logIn(context, code)])
        const [refused, ...others] = both.filter((exchange) => !isSuccess(exchange))
        const wants = 'two logins at once with one code: one success, one 401'
        demand(refused && others.length === 0, wants, refused ?? both[1])
        demandCodeRefusal(refused, 'the second of two logins at once')
      },
    },
    'unknown-code': {
      title: 'POST /auth/login refuses an unknown code as the contract says',
      section: '401',
      async probe(context) {
        demandCodeRefusal(await logIn(context, unknownCode), 'a login with an unknown code')
      },
    },
    'unknown-code-by-request': {
      title: 'a request with an unknown code is refused as the contract says',
      section: '401',
      async probe(context) {
        const exchange = await callWithCode(context, unknownCode)
        demandCodeRefusal(exchange, 'a request with an unknown login code')
      },
    },
    'own-session': {
      title: 'two persons get two sessions',
      section: 'how-a-request-signs-in',
      async probe(context) {
        const [one, other] = [await anySession(context), await customer(context)]
        demand(one.token !== other.first.token, 'two persons: two tokens', 'the same token')
      },
    },
  },
}
