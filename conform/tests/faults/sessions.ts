import {
  isTo,
  pathOf,
  problemOf,
  redirected,
  tokenIn,
  tokenOf,
  withHeaders,
  type PlantedFault,
} from '../support/wrap'

/** A public answer with the headers that all have. */
const publicAnswer = (request: Request) =>
  redirected(request, { path: '/services', method: 'GET', headers: withoutCredentials })

function withoutCredentials(headers: Headers): void {
  for (const name of ['Authorization', 'Content-Type']) headers.delete(name)
}

const withToken = (request: Request, token: string) =>
  redirected(request, { headers: (headers) => headers.set('Authorization', `Bearer ${token}`) })

/** What goes wrong with logins, and with the life of sessions. */
export const sessions: PlantedFault[] = [
  {
    name: 'takes a login code twice',
    found: ['login/single-use', 'login/single-use-at-once'],
    plant(forward) {
      const answers = new Map<string, Promise<Response>>()
      return async (request) => {
        if (!isTo(request, 'POST /auth/login')) return forward(request)
        const body = await request.clone().text()
        const answer = answers.get(body) ?? forward(request)
        answers.set(body, answer)
        return (await answer).clone()
      }
    },
  },
  {
    name: 'opens a request with a login code that was used',
    found: ['login/single-use-by-request'],
    plant(forward) {
      const tokens = new Map<string, string>()
      return async (request) => {
        const body = await request.clone().text()
        const [, loginCode = ''] =
          /^WxLogin (.*)$/.exec(request.headers.get('Authorization') ?? '') ?? []
        const token = tokens.get(loginCode)
        const response = await forward(token ? withToken(request, token) : request)
        if (isTo(request, 'POST /auth/login') && response.status === 200) {
          tokens.set((JSON.parse(body) as { code: string }).code, await tokenIn(response))
        }
        return response
      }
    },
  },
  {
    name: 'performs a request without a session',
    found: ['guest/login-required'],
    plant: (forward) => (request) =>
      forward(
        isTo(request, 'GET /me') && !request.headers.has('Authorization')
          ? publicAnswer(request)
          : request,
      ),
  },
  {
    name: 'keeps guests out of public routes',
    found: ['guest/served'],
    plant: (forward) => (request) =>
      forward(isTo(request, 'GET /services') ? redirected(request, { path: '/me' }) : request),
  },
  {
    name: 'accepts a replaced token for ever',
    found: ['replacement/ends', 'sessions/replaced'],
    plant(forward) {
      const next = new Map<string, string>()
      return async (request) => {
        const token = next.get(tokenOf(request))
        const response = await forward(token ? withToken(request, token) : request)
        const replaced = request.headers.get('Replaces-Token')
        if (replaced && response.status === 200) next.set(replaced, await tokenIn(response))
        return response
      }
    },
  },
  {
    name: 'ends a replaced session at once',
    found: ['replacement/grace'],
    plant(forward) {
      const ended = new Set<string>()
      return async (request) => {
        const replaced = request.headers.get('Replaces-Token')
        if (replaced) ended.add(replaced)
        return forward(ended.has(tokenOf(request)) ? withToken(request, 'dead') : request)
      }
    },
  },
  {
    name: 'refuses a login that replaces a session it does not know',
    found: ['replacement/unknown'],
    plant(forward) {
      const issued = new Set<string>()
      return async (request) => {
        const replaced = request.headers.get('Replaces-Token')
        if (replaced && !issued.has(replaced)) {
          return forward(
            redirected(request, { path: '/me', method: 'GET', headers: withoutCredentials }),
          )
        }
        const response = await forward(request)
        if (isTo(request, 'POST /auth/login')) issued.add(await tokenIn(response))
        return response
      }
    },
  },
  {
    name: 'accepts an expired token',
    found: ['ending/expiry'],
    plant(forward, { now }) {
      const issuedAt = new Map<string, number>()
      return async (request) => {
        const since = issuedAt.get(tokenOf(request))
        if (since !== undefined && now() > since + 7_000_000) return forward(publicAnswer(request))
        const response = await forward(request)
        const token = isTo(request, 'POST /auth/login') && (await tokenIn(response))
        if (token) issuedAt.set(token, now())
        return response
      }
    },
  },
  {
    name: 'does not end the session at logout',
    found: ['ending/logout'],
    plant: (forward) => async (request) => {
      if (!isTo(request, 'POST /auth/logout')) return forward(request)
      const { headers } = await forward(publicAnswer(request))
      return withHeaders(new Response(null, { status: 204 }), (own) => {
        for (const [name, value] of headers) if (/^access-control/.test(name)) own.set(name, value)
      })
    },
  },
  {
    name: 'deletes no account, but ends the one session',
    found: ['ending/account', 'ending/account-data', 'fresh-logins/account'],
    plant: (forward) => (request) =>
      forward(
        isTo(request, 'DELETE /auth/account')
          ? redirected(request, { path: '/auth/logout', method: 'POST' })
          : request,
      ),
  },
  {
    name: 'takes data that was encrypted for somebody else',
    found: ['prompts/foreign-data', 'prompts/altered-data'],
    plant: (forward) => async (request) => {
      const response = await forward(request.clone())
      if ((await problemOf(response)) !== 'session-key-expired') return response
      return forward(
        redirected(request, {
          path: '/auth/token-state',
          method: 'GET',
          headers: (headers) => headers.delete('Content-Type'),
        }),
      )
    },
  },
  {
    name: 'takes a phone code twice',
    found: ['prompts/phone-code-once'],
    plant: (forward) => async (request) => {
      const response = await forward(request.clone())
      if ((await problemOf(response)) !== 'phone-code-refused') return response
      return forward(
        redirected(request, {
          path: '/auth/token-state',
          method: 'GET',
          headers: (headers) => headers.delete('Content-Type'),
        }),
      )
    },
  },
  {
    name: 'takes any address for the picture of a person',
    found: ['avatar/foreign-address'],
    plant: (forward) => async (request) => {
      const isForeign =
        pathOf(request) === '/auth/user-info' &&
        (await request.clone().text()).includes('elsewhere')
      const path = '/auth/token-state'
      return forward(isForeign ? redirected(request, { path, method: 'GET' }) : request)
    },
  },
]
