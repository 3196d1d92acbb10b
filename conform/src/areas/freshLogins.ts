import { demandFreshLogin, demandTokenState } from '../answers'
import type { Area } from '../check'
import { isSuccess } from '../exchange'
import { oldSession } from '../sampleUsers'
import { demand } from '../verdicts'

export const freshLogins: Area = {
  title: 'Fresh logins',
  checks: {
    young: {
      title: 'GET /auth/token-state?max_age= serves a session whose login is young enough',
      section: 'endpoints',
      async probe({ send, signInStranger }) {
        const { token } = await signInStranger()
        const exchange = await send('GET', '/auth/token-state?max_age=600', { token })
        demandTokenState(exchange, 'a login of a moment ago, with max_age=600')
      },
    },
    old: {
      title: 'GET /auth/token-state?max_age= asks for a login where the last one is too old',
      section: '401',
      async probe({ send, call, routes, signInStranger, pass }) {
        const { token } = await signInStranger()
        await pass(2)
        const exchange = await send('GET', '/auth/token-state?max_age=1', { token })
        demandFreshLogin(exchange, 'a login of two seconds ago, with max_age=1', 1)
        const after = await call(routes.session, { token })
        demand(isSuccess(after), 'the same token at a route that needs no more: a success', after)
      },
    },
    account: {
      title: 'DELETE /auth/account asks for a login where the last one is older than 10 minutes',
      section: 'endpoints',
      async probe(context) {
        const { send, call, routes } = context
        const token = await oldSession(context)
        const exchange = await send('DELETE', '/auth/account', { token })
        demandFreshLogin(exchange, 'a login of ten minutes ago', 600)
        const after = await call(routes.session, { token })
        demand(isSuccess(after), 'a person who was not deleted: a success', after)
      },
    },
  },
}
