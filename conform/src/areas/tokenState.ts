import { demandTokenState } from '../answers'
import type { Area } from '../check'
import { given } from '../context'
import type { Exchange } from '../exchange'
import { forbiddenMembers, claimsOf } from '../secrets'
import { anySession } from '../sampleUsers'
import { faultsOfState, findTokenState, stateOf } from '../tokenState'
import { demand, Skipped } from '../verdicts'

const stateSection = 'the-token-state-口令状态包'

const withStates = (exchanges: readonly Exchange[]) =>
  exchanges.filter((exchange) => findTokenState(exchange).is !== 'none')

/** @throws Violation unless the answer has the token state of this session */
function demandOwn(exchange: Exchange, token: string, situation: string): void {
  const wants = `${situation}: the token state of the request’s session`
  demand(stateOf(exchange).accessToken === token, wants, exchange)
}

export const tokenState: Area = {
  title: 'The token state',
  checks: {
    endpoint: {
      title: 'GET /auth/token-state answers with the token state of the session',
      section: 'endpoints',
      async probe(context) {
        const { send } = context
        const { token } = await anySession(context)
        const exchange = await send('GET', '/auth/token-state', { token })
        demandTokenState(exchange, 'GET /auth/token-state with a session')
        demandOwn(exchange, token, 'GET /auth/token-state')
      },
    },
    'on-success': {
      title: 'a success of a session has its token state',
      section: 'answers',
      async probe(context) {
        const { call, routes } = context
        const { token } = await anySession(context)
        demandOwn(await call(routes.session, { token }), token, 'a success')
      },
    },
    'on-challenge': {
      title: 'a 401 that asks for the user’s phone number has the token state',
      section: 'answers',
      async probe(context) {
        const { call, routes } = context
        const { token } = await anySession(context)
        const route = given(routes.phone, '--phone-route')
        const exchange = await call(route, { token })
        if (exchange.status !== 401) throw new Skipped('the route does not challenge')
        demandOwn(exchange, token, 'a 401 that prompts')
      },
    },
    'on-failure': {
      title: 'a failure of a session has its token state',
      section: 'answers',
      async probe(context) {
        const { send } = context
        const { token } = await anySession(context)
        const exchange = await send('POST', '/auth/phone-number', { token, json: {} })
        demandOwn(exchange, token, 'a failure')
      },
    },
    shape: {
      title: 'every token state has the members that the contract describes',
      section: stateSection,
      review(exchanges) {
        for (const exchange of withStates(exchanges)) {
          const found = findTokenState(exchange)
          const fault =
            found.is === 'state' ? faultsOfState(found.state).join('; ') : 'cannot be read'
          demand(!fault, 'a token state by the table of the contract', exchange, fault)
        }
      },
    },
    'secret-members': {
      title: 'no token state has a member of the name of a secret, nor has a JWT as its token',
      section: stateSection,
      review(exchanges) {
        for (const exchange of withStates(exchanges)) {
          const state = stateOf(exchange)
          const found = [
            ...forbiddenMembers(state),
            ...forbiddenMembers(claimsOf(state.accessToken), ['accessToken']),
          ]
          const wants = 'no session_key, openid, unionid or phone number'
          demand(found.length === 0, wants, exchange, `it has ${found.join(', ')}`)
        }
      },
    },
    'secret-values': {
      title: 'no token state holds an openid, unionid or phone number under any name',
      section: stateSection,
      review(exchanges, { people }) {
        for (const exchange of withStates(exchanges)) {
          const state = stateOf(exchange)
          const secret = people.secretIn(JSON.stringify([state, claimsOf(state.accessToken)]))
          const wants = 'no session_key, openid, unionid or phone number'
          demand(!secret, wants, exchange, `it holds a person’s ${secret}`)
        }
      },
    },
    'no-store': {
      title: 'no cache may keep an answer that has a token state',
      section: 'answers',
      review(exchanges) {
        for (const exchange of withStates(exchanges)) {
          const directives = (exchange.headers.get('Cache-Control') ?? '')
            .toLowerCase()
            .split(/\s*,\s*/)
          const wants = 'Cache-Control: no-store beside a token state'
          demand(directives.includes('no-store'), wants, exchange)
        }
      },
    },
    version: {
      title: 'the version of a session never decreases',
      section: stateSection,
      review(exchanges) {
        const highest = new Map<unknown, number>()
        for (const exchange of withStates(exchanges)) {
          const { accessToken, version } = stateOf(exchange)
          if (typeof version !== 'number') continue
          const before = highest.get(accessToken) ?? version
          const detail = `version ${version} after ${before}`
          demand(version >= before, 'a version that does not decrease', exchange, detail)
          highest.set(accessToken, version)
        }
      },
    },
  },
}
