import { demandLoginChallenge, demandTokenState } from '../answers'
import type { Area } from '../check'
import { isSuccess } from '../exchange'
import { replacement as sessionsOf } from '../sampleUsers'
import { demand } from '../verdicts'

const section = 'how-a-request-signs-in'
/** For how long a replaced session goes on, and a second more, in seconds. */
const grace = 61

export const replacement: Area = {
  title: 'Replaced sessions',
  checks: {
    'new-token': {
      title: 'a login with Replaces-Token starts a session of its own',
      section,
      async probe(context) {
        const { replaced, next } = await sessionsOf(context)
        const isNew = next.token !== replaced.token
        demand(isNew, 'a new token', 'the token that was to be replaced')
      },
    },
    grace: {
      title: 'a replaced session still performs requests that are under way',
      section,
      async probe(context) {
        const { token } = (await sessionsOf(context)).replaced
        const exchange = await context.call(context.routes.session, { token })
        demand(isSuccess(exchange), 'a token replaced a moment ago: a success', exchange)
      },
    },
    unknown: {
      title: 'a login that replaces an unknown session succeeds',
      section,
      async probe({ people, send }) {
        const code = await (await people.invent()).loginCode()
        const replaces = 'conform-no-such-token'
        const exchange = await send('POST', '/auth/login', { json: { code }, replaces })
        demandTokenState(exchange, 'a login that replaces an unknown token')
      },
    },
    ends: {
      title: 'a replaced session ends after 60 s, the new one does not',
      section,
      async probe(context) {
        const { call, routes, pass } = context
        const { replaced, next } = await sessionsOf(context)
        await pass(grace)
        const exchange = await call(routes.session, { token: replaced.token })
        demandLoginChallenge(exchange, 'a token that was replaced a minute ago')
        const current = await call(routes.session, { token: next.token })
        demand(isSuccess(current), 'the token that replaced it: a success', current)
      },
    },
  },
}
