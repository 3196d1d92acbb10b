import type { Area } from '../check'
import { isSuccess, type Exchange } from '../exchange'
import { demand } from '../verdicts'
import { demandOffered } from '../ways'

const exposed = ['WWW-Authenticate', 'Token-State', 'Retry-After', 'X-Request-Id']
const allowed = ['Authorization', 'Content-Type', 'Replaces-Token']

/** Those of the names that a header does not list. `*` never covers Authorization (Fetch standard). */
function missingFrom({ headers }: Exchange, header: string, names: string[]): string {
  const listed = (headers.get(header) ?? '').toLowerCase().split(/\s*,\s*/)
  const isListed = (name: string) =>
    listed.includes(name.toLowerCase()) || (listed.includes('*') && name !== 'Authorization')
  return names.filter((name) => !isListed(name)).join(', ')
}

const isPreflight = ({ method }: Exchange) => method === 'OPTIONS'

export const cors: Area = {
  title: 'CORS, for H5 on another origin',
  checks: {
    preflight: {
      title: 'the preflight allows Authorization, Content-Type and Replaces-Token',
      section: 'answers',
      async probe({ send }) {
        const exchange = await send('OPTIONS', '/auth/login', {
          headers: {
            'Access-Control-Request-Method': 'POST',
            'Access-Control-Request-Headers': 'authorization,content-type,replaces-token',
          },
        })
        const missing = missingFrom(exchange, 'Access-Control-Allow-Headers', allowed)
        demand(isSuccess(exchange), 'a preflight without credentials: a success', exchange)
        const wants = `Access-Control-Allow-Headers: ${allowed.join(', ')}`
        demand(!missing, wants, exchange, `${missing} is missing`)
      },
    },
    'scan-secret': {
      title: 'the preflight of a poll allows Scan-Secret',
      section: 'endpoints',
      async probe(context) {
        await demandOffered(context, 'scan')
        const exchange = await context.send('OPTIONS', '/auth/scans/conform', {
          headers: {
            'Access-Control-Request-Method': 'GET',
            'Access-Control-Request-Headers': 'scan-secret',
          },
        })
        const missing = missingFrom(exchange, 'Access-Control-Allow-Headers', ['Scan-Secret'])
        demand(isSuccess(exchange), 'a preflight without credentials: a success', exchange)
        demand(!missing, 'Access-Control-Allow-Headers: Scan-Secret', exchange)
      },
    },
    origin: {
      title: 'every answer lets the page’s origin read it, failures too',
      section: 'answers',
      review(exchanges) {
        for (const exchange of exchanges) {
          const origin = exchange.headers.get('Access-Control-Allow-Origin')
          demand(origin, 'Access-Control-Allow-Origin', exchange, 'it is missing; see --origin')
        }
      },
    },
    exposed: {
      title: 'every answer exposes the headers of the contract, failures too',
      section: 'answers',
      review(exchanges) {
        for (const exchange of exchanges) {
          if (isPreflight(exchange)) continue
          const missing = missingFrom(exchange, 'Access-Control-Expose-Headers', exposed)
          const wants = `Access-Control-Expose-Headers: ${exposed.join(', ')}`
          demand(!missing, wants, exchange, `${missing} is missing`)
        }
      },
    },
  },
}
