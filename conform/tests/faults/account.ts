import {
  editing,
  isTo,
  pathOf,
  problemOf,
  redirected,
  tokenOf,
  withHeaders,
  withJson,
  withStatus,
  type PlantedFault,
} from '../support/wrap'

type Listed = Record<string, unknown>

const isSessionList = (request: Request) => isTo(request, 'GET /auth/sessions')
const isWayList = (request: Request) => isTo(request, 'GET /auth/ways')
const isRemoval = (request: Request) =>
  request.method === 'DELETE' && pathOf(request).startsWith('/auth/ways/')
const isEnd = (request: Request) =>
  request.method === 'DELETE' && pathOf(request).startsWith('/auth/sessions/')

/** Edits the list in an answer with one. */
const withList = (response: Response, edit: (list: Listed[]) => unknown) =>
  withJson(response, (body) =>
    Array.isArray(body.data) ? { ...body, data: edit(body.data as Listed[]) } : body,
  )

const withWays = (response: Response, edit: (ways: Listed) => unknown) =>
  withJson(response, (body) => (body.data ? { ...body, data: edit(body.data as Listed) } : body))

/** Does nothing, and says nothing. */
async function ignored(forward: (request: Request) => Promise<Response>, request: Request) {
  const { headers } = await forward(
    redirected(request, { path: '/auth/token-state', method: 'GET' }),
  )
  return withHeaders(new Response(null, { status: 204 }), (own) => {
    for (const [name, value] of headers) if (/^access-control/.test(name)) own.set(name, value)
  })
}

/** Answers a problem of this kind with the token state, as if it had been done. */
const pretending =
  (isMeant: (request: Request) => boolean, kind: string): PlantedFault['plant'] =>
  (forward) =>
  async (request) => {
    const response = await forward(request)
    if (!isMeant(request) || (await problemOf(response)) !== kind) return response
    return forward(redirected(request, { path: '/auth/token-state', method: 'GET' }))
  }

/** Shows a list to somebody who is refused it: the last one that anybody got. */
const showing =
  (
    isList: (request: Request) => boolean,
    isMeant: (request: Request) => boolean,
  ): PlantedFault['plant'] =>
  (forward) => {
    let last: Response | undefined
    return async (request) => {
      const response = await forward(request)
      if (!isList(request)) return response
      if (response.ok) last = response.clone()
      const isRefused = response.status === 401 && isMeant(request)
      return isRefused && last ? last.clone() : response
    }
  }

/** What goes wrong with the list of sessions. */
const sessions: PlantedFault[] = [
  {
    name: 'does not say which session asks for the list',
    found: [
      'sessions/list',
      'sessions/own',
      'sessions/guest',
      'sessions/replaced',
      'sessions/end',
      'sessions/foreign',
      'sessions/others',
    ],
    plant: editing(isSessionList, (response) =>
      withList(response, (list) => list.map((one) => ({ ...one, isCurrent: false }))),
    ),
  },
  {
    name: 'lists only the session that asks',
    found: ['sessions/list'],
    plant: editing(isSessionList, (response) =>
      withList(response, (list) => list.filter(({ isCurrent }) => isCurrent)),
    ),
  },
  {
    name: 'lists the sessions of everybody',
    found: ['sessions/own', 'sessions/end'],
    plant(forward) {
      const all = new Map<unknown, Listed>()
      return async (request) => {
        const response = await forward(request)
        if (!isSessionList(request)) return response
        return withList(response, (list) => {
          const own = list.map(({ id }) => id)
          const others = [...all.values()].filter(({ id }) => !own.includes(id))
          for (const one of list) all.set(one.id, { ...one, isCurrent: false })
          return [...list, ...others]
        })
      }
    },
  },
  {
    name: 'lists sessions to one that was replaced',
    found: ['sessions/replaced'],
    plant: showing(isSessionList, (request) => tokenOf(request) !== ''),
  },
  {
    name: 'lists sessions to guests',
    found: ['sessions/guest'],
    plant: showing(isSessionList, (request) => tokenOf(request) === ''),
  },
  {
    name: 'ends no session by its id',
    found: ['sessions/end', 'sessions/foreign'],
    plant: (forward) => (request) =>
      isEnd(request) ? ignored(forward, request) : forward(request),
  },
  {
    name: 'says of a session of somebody else that it has ended',
    found: ['sessions/foreign'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      const isMissing = isEnd(request) && response.status === 404
      return isMissing ? ignored(forward, request) : response
    },
  },
  {
    name: 'ends the session that ends all others, too',
    found: ['sessions/others'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if (isTo(request, 'DELETE /auth/sessions')) {
        await forward(redirected(request, { path: '/auth/logout', method: 'POST' }))
      }
      return response
    },
  },
  {
    name: 'ends no other sessions',
    found: ['sessions/others'],
    plant: (forward) => (request) =>
      isTo(request, 'DELETE /auth/sessions') ? ignored(forward, request) : forward(request),
  },
]

/** What goes wrong with the ways to sign in. */
const ways: PlantedFault[] = [
  {
    name: 'shows the number in full among the ways',
    found: ['own-ways/list'],
    plant: editing(isWayList, (response) =>
      withWays(response, (list) =>
        list.phoneNumber === null ? list : { ...list, phoneNumber: '15400009999' },
      ),
    ),
  },
  {
    name: 'has an empty text for a number that is missing',
    found: ['own-ways/none', 'own-ways/remove'],
    plant: editing(isWayList, (response) =>
      withWays(response, (list) => ({ ...list, phoneNumber: list.phoneNumber ?? '' })),
    ),
  },
  {
    name: 'names the mini-program otherwise among the ways',
    found: [
      'own-ways/list',
      'own-ways/none',
      'own-ways/guest',
      'own-ways/remove',
      'own-ways/missing',
      'own-ways/needed',
      'own-ways/unknown-code',
      'own-ways/shape',
    ],
    plant: editing(isWayList, (response) =>
      withWays(response, (list) => ({
        ...list,
        wechat: (list.wechat as Listed[]).map((user) => ({ ...user, provider: 'weixin' })),
      })),
    ),
  },
  {
    name: 'lists ways to guests',
    found: ['own-ways/guest'],
    plant: showing(isWayList, (request) => tokenOf(request) === ''),
  },
  {
    name: 'keeps a number that is removed',
    found: ['own-ways/remove', 'own-ways/missing', 'fresh-logins/way'],
    plant: (forward) => (request) =>
      forward(
        pathOf(request) === '/auth/ways/phone-number'
          ? redirected(request, { path: '/auth/token-state', method: 'GET' })
          : request,
      ),
  },
  {
    name: 'has removed what somebody does not have',
    found: ['own-ways/missing'],
    plant: pretending(isRemoval, 'not-found'),
  },
  {
    name: 'lets the way go that the session began with',
    found: ['own-ways/needed'],
    plant: pretending(isRemoval, 'way-needed'),
  },
  {
    name: 'lets the client log in where a way to add is refused',
    found: ['own-ways/unknown-code'],
    plant: (forward) => async (request) => withStatus(await forward(request), 'way-refused', 401),
  },
  {
    name: 'adds a way without a look at its code',
    found: ['own-ways/unknown-code'],
    plant: pretending((request) => isTo(request, 'POST /auth/ways'), 'way-refused'),
  },
]

/** What goes wrong with what a person sees of their account. */
export const account: PlantedFault[] = [...sessions, ...ways]
