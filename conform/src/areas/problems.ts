import { demandRefusal } from '../answers'
import type { Area } from '../check'
import { isObject, jsonOf, memberOf } from '../exchange'
import { anySession } from '../sampleUsers'
import { demand } from '../verdicts'

export const problems: Area = {
  title: 'Failures',
  checks: {
    'media-type': {
      title: 'every failure is application/problem+json',
      section: 'answers',
      review(exchanges) {
        for (const exchange of exchanges) {
          if (exchange.status < 400) continue
          const type = exchange.headers.get('Content-Type') ?? ''
          const isProblem = /^application\/problem\+json\s*(;|$)/i.test(type)
          demand(isProblem, 'a failure of type application/problem+json', exchange)
          demand(isObject(jsonOf(exchange)), 'a failure whose body is a JSON object', exchange)
        }
      },
    },
    status: {
      title: 'the member `status` of a problem is the status of its answer',
      section: 'answers',
      review(exchanges) {
        for (const exchange of exchanges) {
          const status = memberOf(jsonOf(exchange), 'status')
          if (exchange.status < 400 || status === undefined) continue
          demand(status === exchange.status, 'the same status in body and answer', exchange)
        }
      },
    },
    server: {
      title: 'nothing that is sent here makes the backend fail with 500',
      section: 'faulty-requests',
      review(exchanges) {
        for (const exchange of exchanges) {
          demand(exchange.status !== 500, 'a 4xx for a faulty request', exchange)
        }
      },
    },
    'unknown-route': {
      title: 'an unknown route is answered 404',
      section: 'faulty-requests',
      async probe(context) {
        const { send } = context
        const { token } = await anySession(context)
        const exchange = await send('GET', '/conform-no-such-route', { token })
        demandRefusal(exchange, 'an unknown route', [404])
      },
    },
    'unknown-method': {
      title: 'a method that is not served is answered 405 or 404',
      section: 'faulty-requests',
      async probe(context) {
        const { send } = context
        const { token } = await anySession(context)
        const exchange = await send('PUT', '/auth/login', { token, json: {} })
        demandRefusal(exchange, 'PUT /auth/login', [405, 404])
      },
    },
  },
}
