import { demandLoginChallenge } from '../answers'
import type { Area } from '../check'
import { given } from '../context'
import { isSuccess } from '../exchange'
import { findTokenState } from '../tokenState'
import { demand } from '../verdicts'

export const guest: Area = {
  title: 'Guests',
  checks: {
    served: {
      title: 'a public route serves a request without credentials',
      section: 'how-a-request-signs-in',
      async probe({ call, routes }) {
        const exchange = await call(given(routes.guest, '--guest-route'))
        demand(isSuccess(exchange), 'a guest request to the public route: a success', exchange)
      },
    },
    'no-token-state': {
      title: 'the answer to a guest has no token state',
      section: 'answers',
      async probe({ call, routes }) {
        const exchange = await call(given(routes.guest, '--guest-route'))
        const isWithout = findTokenState(exchange).is === 'none'
        demand(isWithout, 'a guest request: an answer without token state', exchange)
      },
    },
    'login-required': {
      title: 'a route that needs a session answers a guest 401, and asks for a login only',
      section: '401',
      async probe({ call, routes }) {
        demandLoginChallenge(await call(routes.session), 'a guest where a session is needed')
      },
    },
  },
}
