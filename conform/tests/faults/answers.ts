import {
  isProblem,
  problemOf,
  withHeaders,
  withJson,
  withStatus,
  type PlantedFault,
} from '../support/wrap'

/** What goes wrong with failures, CORS and limits. */
export const answers: PlantedFault[] = [
  {
    name: 'answers an unknown route with a page of HTML',
    found: ['problems/media-type'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if ((await problemOf(response)) !== 'not-found') return response
      const { status, headers } = withHeaders(response, (edited) =>
        edited.set('Content-Type', 'text/html'),
      )
      return new Response('<h1>Not Found</h1>', { status, headers })
    },
  },
  {
    name: 'calls its problems application/json',
    found: ['problems/media-type'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if (!isProblem(response)) return response
      return withHeaders(response, (headers) => headers.set('Content-Type', 'application/json'))
    },
  },
  {
    name: 'has another status in the body than outside',
    found: ['problems/status'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      return isProblem(response)
        ? withJson(response, (body) => ({ ...body, status: 200 }))
        : response
    },
  },
  {
    name: 'fails with 500 on half a JSON text',
    found: ['bodies/half', 'bodies/empty', 'bodies/no-utf8', 'problems/server'],
    plant: (forward) => async (request) =>
      withStatus(await forward(request), 'malformed-body', 500),
  },
  {
    name: 'sends a client to log in whose body is of another media type',
    found: ['bodies/media-type'],
    plant: (forward) => async (request) =>
      withStatus(await forward(request), 'unsupported-media-type', 401),
  },
  {
    name: 'answers 200 with an error code in the body to JSON of the wrong shape',
    found: [
      'token-state/on-failure',
      'avatar/foreign-address',
      'bodies/array',
      'bodies/null',
      'bodies/types',
      'bodies/control-characters',
      'bodies/deep',
      'other-ways/text-code-shape',
      'other-ways/password-shape',
      'other-ways/wechat-code',
      'other-ways/wechat-shape',
      'own-ways/unknown-code',
      'own-ways/shape',
      'scans/shape',
    ],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if ((await problemOf(response)) !== 'invalid-body') return response
      return withJson(response, () => ({ code: 500, msg: 'invalid' }), 200)
    },
  },
  {
    name: 'cuts the connection of a body that is too large',
    found: ['avatar/too-large', 'bodies/deep', 'bodies/huge'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if (response.status === 413) throw new TypeError('fetch failed')
      return response
    },
  },
  {
    name: 'takes any file for a picture',
    found: ['avatar/no-picture'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if ((await problemOf(response)) !== 'unsupported-picture') return response
      const data = { avatarUrl: 'http://backend.example/avatars/x' }
      return withJson(response, ({ tokenState }) => ({ data, tokenState }), 200)
    },
  },
  {
    name: 'exposes no headers of failures',
    found: ['cors/exposed'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if (!isProblem(response)) return response
      return withHeaders(response, (headers) => headers.delete('Access-Control-Expose-Headers'))
    },
  },
  {
    name: 'lets no other origin read failures',
    found: ['cors/origin'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if (!isProblem(response)) return response
      return withHeaders(response, (headers) => headers.delete('Access-Control-Allow-Origin'))
    },
  },
  {
    name: 'does not allow Replaces-Token in the preflight',
    found: ['cors/preflight'],
    plant: (forward) => async (request) =>
      withHeaders(await forward(request), (headers) => {
        if (request.method === 'OPTIONS') {
          headers.set('Access-Control-Allow-Headers', 'Authorization, Content-Type, Scan-Secret')
        }
      }),
  },
  {
    name: 'ends sessions where WeChat cannot be reached',
    found: ['limits/wechat-away'],
    plant: (forward) => async (request) =>
      withStatus(await forward(request), 'wechat-unavailable', 401),
  },
  {
    name: 'does not say when to try again',
    found: ['limits/wechat-limit', 'limits/wechat-away'],
    plant: (forward) => async (request) =>
      withHeaders(await forward(request), (headers) => headers.delete('Retry-After')),
  },
]
