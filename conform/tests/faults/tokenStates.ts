import {
  isProblem,
  isTo,
  tokenOf,
  withHeaders,
  withJson,
  withState,
  type PlantedFault,
} from '../support/wrap'

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** What goes wrong with token states. */
export const tokenStates: PlantedFault[] = [
  {
    name: 'puts the openid into the token state',
    found: ['token-state/secret-members'],
    plant: (forward) => async (request) =>
      withState(await forward(request), (state) => ({
        ...state,
        wechat: { openid: 'o-invented' },
      })),
  },
  {
    name: 'puts the phone number into the token state, under another name',
    found: ['token-state/secret-values'],
    plant:
      (forward, { lastPhoneNumber }) =>
      async (request) =>
        withState(await forward(request), (state) => ({
          ...state,
          contact: `+86${lastPhoneNumber()}`,
        })),
  },
  {
    name: 'issues JWTs that hold the openid',
    found: ['token-state/secret-members'],
    plant: (forward) => async (request) => {
      const prefix = `${base64url({ alg: 'none' })}.${base64url({ openid: 'o-invented' })}.`
      const headers = new Headers(request.headers)
      for (const name of ['Authorization', 'Replaces-Token']) {
        headers.set(name, (headers.get(name) ?? '').replace(prefix, ''))
        if (!headers.get(name)) headers.delete(name)
      }
      const response = await forward(new Request(request, { headers }))
      return withState(response, (state) => ({
        ...state,
        accessToken: `${prefix}${String(state.accessToken)}`,
      }))
    },
  },
  {
    name: 'sends expiresIn as text',
    found: ['token-state/shape'],
    plant: (forward) => async (request) =>
      withState(await forward(request), (state) => ({
        ...state,
        expiresIn: String(state.expiresIn),
      })),
  },
  {
    name: 'says that the phone number is bound with a number',
    found: [
      'token-state/shape',
      'prompts/phone-code',
      'prompts/phone-data',
      'prompts/uid',
      'versions/other-session',
    ],
    plant: (forward) => async (request) =>
      withState(await forward(request), (state) => ({
        ...state,
        hasPhoneNumber: Number(state.hasPhoneNumber),
      })),
  },
  {
    name: 'does not let the version grow',
    found: ['versions/phone-number', 'versions/user-info', 'versions/other-session'],
    plant: (forward) => async (request) =>
      withState(await forward(request), (state) => ({ ...state, version: 1 })),
  },
  {
    name: 'lets the version decrease',
    found: [
      'token-state/version',
      'versions/phone-number',
      'versions/user-info',
      'versions/other-session',
    ],
    plant: (forward) => async (request) =>
      withState(await forward(request), (state) => ({
        ...state,
        version: 100 - Number(state.version),
      })),
  },
  {
    name: 'leaves the token state out of failures',
    found: ['token-state/on-challenge', 'token-state/on-failure'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if (!isProblem(response)) return response
      return withJson(response, (body) => ({ ...body, tokenState: undefined }))
    },
  },
  {
    name: 'shows guests a token state',
    found: ['guest/no-token-state'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if (!isTo(request, 'GET /services')) return response
      const tokenState = { accessToken: 'guest', expiresIn: 60, version: 1 }
      const answer = await withJson(response, (body) => ({ ...body, tokenState }))
      return withHeaders(answer, (headers) => headers.set('Cache-Control', 'no-store'))
    },
  },
  {
    name: 'has no uid for a person whose number is bound',
    found: ['prompts/phone-code'],
    plant: (forward) => async (request) =>
      withState(await forward(request), (state) => ({ ...state, uid: undefined })),
  },
  {
    name: 'makes a new uid at each login',
    found: ['prompts/uid', 'scans/confirm'],
    plant(forward) {
      let logins = 0
      return async (request) =>
        withState(await forward(request), (state) =>
          isTo(request, 'POST /auth/login') && state.uid
            ? { ...state, uid: `u${++logins}` }
            : state,
        )
    },
  },
  {
    name: 'reports a token state as it was at the login',
    found: ['versions/other-session'],
    plant(forward) {
      const first = new Map<string, unknown>()
      return async (request) =>
        withState(await forward(request), (state) => {
          const token = String(state.accessToken)
          if (!first.has(token)) first.set(token, state)
          return isTo(request, 'GET /auth/token-state') ? first.get(token) : state
        })
    },
  },
  {
    name: 'sends Token-State in base64 with padding',
    found: ['token-state/shape', 'token-state/on-success'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if (!isTo(request, 'GET /me') || !tokenOf(request)) return response
      let header = ''
      const answer = await withJson(response, ({ tokenState, ...body }) => {
        if (tokenState) header = Buffer.from(`${JSON.stringify(tokenState)} `).toString('base64')
        return body
      })
      return withHeaders(answer, (headers) => header && headers.set('Token-State', `${header}==`))
    },
  },
  {
    name: 'lets caches keep token states',
    found: ['token-state/no-store'],
    plant: (forward) => async (request) =>
      withHeaders(await forward(request), (headers) => headers.delete('Cache-Control')),
  },
  {
    name: 'claims to have the user info that it asks for',
    found: ['prompts/flags'],
    plant: (forward) => async (request) =>
      withState(await forward(request), (state) => ({ ...state, hasUserInfo: true })),
  },
]
