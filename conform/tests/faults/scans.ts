import {
  editing,
  isTo,
  pathOf,
  problemOf,
  redirected,
  withHeaders,
  withJson,
  withStatus,
  type PlantedFault,
} from '../support/wrap'

type Json = Record<string, unknown>

const isMade = (request: Request) => isTo(request, 'POST /auth/scans')
const isPoll = (request: Request) =>
  request.method === 'GET' && pathOf(request).startsWith('/auth/scans/')
const isWaiting = (request: Request) =>
  isPoll(request) && new URL(request.url).searchParams.get('known') === 'waiting'
const isAct = (request: Request, what: string) => pathOf(request).endsWith(`/${what}`)

const withData = (response: Response, edit: (data: Json) => unknown) =>
  withJson(response, (body) => (body.data ? { ...body, data: edit(body.data as Json) } : body))

/** Every check that polls. */
const polls = [
  'scans/poll',
  'scans/poll-bound',
  'scans/scanned',
  'scans/confirm',
  'scans/decline',
  'scans/expire',
  'scans/old-login',
]

/** What goes wrong with codes to scan, and with how old logins may be. */
export const scans: PlantedFault[] = [
  {
    name: 'does not allow Scan-Secret in the preflight',
    found: ['cors/scan-secret'],
    plant: editing(
      ({ method }) => method === 'OPTIONS',
      async (response) =>
        withHeaders(response, (headers) =>
          headers.set('Access-Control-Allow-Headers', 'Authorization,Content-Type,Replaces-Token'),
        ),
    ),
  },
  {
    name: 'makes a code without the address of its picture',
    found: ['scans/make'],
    plant: editing(isMade, (response) =>
      withData(response, (data) => ({ ...data, image: 'iVBORw0KGgo=' })),
    ),
  },
  {
    name: 'answers 200 to a request for a code to scan',
    found: ['scans/make'],
    plant: editing(isMade, (response) => withJson(response, (body) => body, 200)),
  },
  {
    name: 'puts the secret of a code into the address of its picture',
    found: ['scans/secret-hidden'],
    plant: editing(isMade, (response) =>
      withData(response, (data) => ({
        ...data,
        image: `https://backend.example/codes?secret=${String(data.secret)}`,
      })),
    ),
  },
  {
    name: 'calls the statuses of a code otherwise',
    found: polls,
    plant: editing(isPoll, (response) =>
      withData(response, ({ status }) => ({ status: String(status).toUpperCase() })),
    ),
  },
  {
    name: 'shows polls the token state of their session',
    found: ['scans/poll-token-state'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if (!isPoll(request) || !request.headers.has('Authorization')) return response
      const own = redirected(request, { path: '/auth/token-state' })
      const { tokenState } = (await (await forward(own)).json()) as Json
      const answer = await withJson(response, (body) => ({ ...body, tokenState }))
      return withHeaders(answer, (headers) => headers.set('Cache-Control', 'no-store'))
    },
  },
  {
    name: 'shows the status of a code to those who know its id',
    found: ['scans/poll-secret'],
    plant: editing(isPoll, async (response) => {
      if ((await problemOf(response)) !== 'not-found') return response
      const answer = await withJson(response, () => ({ data: { status: 'waiting' } }), 200)
      return withHeaders(answer, (headers) => headers.set('Content-Type', 'application/json'))
    }),
  },
  {
    name: 'lets polls wait until something happens',
    found: ['scans/poll-bound'],
    plant(forward) {
      const scanned = new Set<string>()
      return async (request) => {
        const [, , , id = '', what] = pathOf(request).split('/')
        if (what) scanned.add(id)
        const response = await forward(request)
        const { data } = isWaiting(request) ? ((await response.clone().json()) as Json) : {}
        const isWithoutNews = (data as Json | undefined)?.status === 'waiting' && !scanned.has(id)
        // As fetch rejects when the time limit is over.
        if (isWithoutNews) throw new DOMException('The operation timed out', 'TimeoutError')
        return response
      }
    },
  },
  {
    name: 'lets guests scan codes',
    found: ['scans/guest'],
    plant: editing(
      (request) => isAct(request, 'scanned') && !request.headers.has('Authorization'),
      async (response) => {
        const answer = await withJson(response, () => ({ data: {} }), 200)
        return withHeaders(answer, (headers) => headers.delete('WWW-Authenticate'))
      },
    ),
  },
  {
    name: 'does not say which browser asks',
    found: ['scans/scanned'],
    plant: editing(
      (request) => isAct(request, 'scanned'),
      (response) => withData(response, () => ({})),
    ),
  },
  {
    name: 'has null for a browser that it does not know',
    found: ['scans/unnamed'],
    plant: editing(
      (request) => isAct(request, 'scanned'),
      (response) =>
        withData(response, ({ browser }) => ({ browser: { system: null, ...(browser as Json) } })),
    ),
  },
  {
    name: 'calls a code that cannot be used unknown',
    found: ['scans/other-phone', 'scans/decline', 'scans/expire'],
    plant: (forward) => async (request) => withStatus(await forward(request), 'scan-over', 404),
  },
  {
    name: 'signs the browser in as somebody else',
    found: ['scans/confirm'],
    plant: (forward) => async (request) => {
      const isScan = (await request.clone().text()).includes('"scan"')
      const response = await forward(request)
      if (!isScan || !response.ok) return response
      return withJson(response, ({ tokenState }) => ({
        tokenState: { ...(tokenState as Json), uid: 'u-somebody-else' },
      }))
    },
  },
  {
    name: 'exchanges a confirmed code once',
    found: ['scans/again'],
    plant(forward) {
      const used = new Set<string>()
      return async (request) => {
        const body = await request.clone().text()
        if (!body.includes('"scan"')) return forward(request)
        const again = new Request(request, {
          body: JSON.stringify({ scan: { id: 'A'.repeat(22), secret: 'x' } }),
        })
        const response = await forward(used.has(body) ? again : request)
        if (response.ok) used.add(body)
        return response
      }
    },
  },
  {
    name: 'forgets that a code was declined',
    found: ['scans/decline'],
    plant: editing(isPoll, (response) =>
      withData(response, ({ status }) => ({ status: status === 'declined' ? 'expired' : status })),
    ),
  },
  {
    name: 'lets codes live for ever',
    found: ['scans/expire'],
    plant: editing(isPoll, (response) =>
      withData(response, ({ status }) => ({ status: status === 'expired' ? 'waiting' : status })),
    ),
  },
  {
    name: 'does not look how old a login is',
    found: [
      'fresh-logins/old',
      'fresh-logins/number',
      'fresh-logins/way',
      'fresh-logins/account',
      'scans/old-login',
    ],
    plant: (forward) => async (request) => {
      const response = await forward(request.clone())
      if ((await problemOf(response)) !== 'fresh-login-required') return response
      return forward(redirected(request, { path: '/auth/token-state', method: 'GET' }))
    },
  },
  {
    name: 'finds every login too old for a form',
    found: ['fresh-logins/young'],
    plant: (forward) => (request) => {
      const isAsked = new URL(request.url).searchParams.get('max_age') === '600'
      const headers = (edited: Headers) => edited.delete('Authorization')
      return forward(isAsked ? redirected(request, { path: '/me', headers }) : request)
    },
  },
  {
    name: 'ends a session whose login is too old',
    found: ['fresh-logins/old', 'fresh-logins/account'],
    plant(forward) {
      const ended = new Set<string | null>()
      return async (request) => {
        const authorization = request.headers.get('Authorization')
        if (ended.has(authorization) && !isAct(request, 'scanned')) {
          return forward(
            redirected(request, {
              headers: (headers) => headers.set('Authorization', 'Bearer dead'),
            }),
          )
        }
        const response = await forward(request)
        if ((await problemOf(response)) === 'fresh-login-required') ended.add(authorization)
        return response
      }
    },
  },
]
