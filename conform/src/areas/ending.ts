import { demandLoginChallenge } from '../answers'
import type { Area } from '../check'
import { deletion } from '../sampleUsers'
import { isNumber } from '../tokenState'
import { demand, Skipped, succeeded } from '../verdicts'

export const ending: Area = {
  title: 'The end of sessions',
  checks: {
    logout: {
      title: 'POST /auth/logout is answered 204, and the token is dead',
      section: 'endpoints',
      async probe({ send, call, routes, signInStranger }) {
        const { token } = await signInStranger()
        const exchange = await send('POST', '/auth/logout', { token })
        demand(exchange.status === 204, 'POST /auth/logout: 204', exchange)
        demandLoginChallenge(await call(routes.session, { token }), 'a token after its logout')
      },
    },
    account: {
      title: 'DELETE /auth/account is answered 204, and all tokens of the person are dead',
      section: 'endpoints',
      async probe(context) {
        const { exchange, tokens } = await deletion(context)
        demand(exchange.status === 204, 'DELETE /auth/account: 204', exchange)
        for (const token of tokens) {
          const after = await context.call(context.routes.session, { token })
          demandLoginChallenge(after, 'a token of a person who was deleted')
        }
      },
    },
    'account-data': {
      title: 'a person who was deleted and logs in again is a new one',
      section: 'endpoints',
      async probe(context) {
        const { exchange, person } = await deletion(context)
        const { state } = await context.signIn(person)
        const isNew = state.hasPhoneNumber !== true && state.uid == null
        demand(isNew, 'neither uid nor hasPhoneNumber at the next login', succeeded(exchange))
      },
    },
    expiry: {
      title: 'a token is dead when its expiresIn has passed',
      section: '401',
      async probe({ call, routes, signInStranger, pass }) {
        const { token, state } = await signInStranger()
        const { expiresIn } = state
        if (!isNumber(expiresIn)) throw new Skipped('the token state has no expiresIn')
        await pass(expiresIn + 1)
        demandLoginChallenge(await call(routes.session, { token }), 'a token past its expiresIn')
      },
    },
  },
}
