import { demandFreshLogin, demandTokenState } from '../answers'
import type { Area } from '../check'
import { isSuccess } from '../exchange'
import { numbers, oldSessions } from '../sampleUsers'
import { demand, demandServed, succeeded } from '../verdicts'
import { demandOffered } from '../ways'

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
    number: {
      title: 'a text code adds no number where the login is older than 10 minutes',
      section: 'endpoints',
      async probe(context) {
        await demandOffered(context, 'sms')
        const { unknown: phone } = await numbers(context)
        const { number: token } = (await oldSessions(context)).tokens
        const json = { phone, smsCode: '000000' }
        const exchange = await context.send('POST', '/auth/phone-number', { token, json })
        demandFreshLogin(exchange, 'a number of ten minutes after the login', 600)
      },
    },
    way: {
      title: 'DELETE /auth/ways/:way asks for a login where the last one is older than 10 minutes',
      section: 'endpoints',
      async probe(context) {
        const { person, tokens } = await oldSessions(context)
        const { way: token } = tokens
        demandServed(await context.send('GET', '/auth/ways', { token }))
        const json = { code: await person.phoneCode() }
        succeeded(await context.send('POST', '/auth/phone-number', { token, json }))
        const exchange = await context.send('DELETE', '/auth/ways/phone-number', { token })
        demandFreshLogin(exchange, 'a way that is removed ten minutes after the login', 600)
      },
    },
    account: {
      title: 'DELETE /auth/account asks for a login where the last one is older than 10 minutes',
      section: 'endpoints',
      async probe(context) {
        const { send, call, routes } = context
        const { account: token } = (await oldSessions(context)).tokens
        const exchange = await send('DELETE', '/auth/account', { token })
        demandFreshLogin(exchange, 'a login of ten minutes ago', 600)
        const after = await call(routes.session, { token })
        demand(isSuccess(after), 'a person who was not deleted: a success', after)
      },
    },
  },
}
