import { problemOf, withHeaders, withJson, type PlantedFault } from '../support/wrap'

const isLimit = async (response: Response) => (await problemOf(response)) === 'too-many-requests'

/** The answer to a login or a request beyond the limit, with another status in it and outside. */
async function withStatus(response: Response, status: number): Promise<Response> {
  if (!(await isLimit(response))) return response
  return withJson(response, (body) => ({ ...body, status }), status)
}

const everyFlood = ['limits/flood', 'limits/flood-session', 'limits/flood-by-request']

/** What goes wrong where the backend limits logins. */
export const limits: PlantedFault[] = [
  {
    name: 'does not say when its limit is over',
    found: ['limits/flood', 'limits/flood-by-request'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if (!(await isLimit(response))) return response
      return withHeaders(response, (headers) => headers.delete('Retry-After'))
    },
  },
  {
    name: 'answers a page of text beyond its limit',
    found: ['problems/media-type'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if (!(await isLimit(response))) return response
      const { status, headers } = withHeaders(response, (edited) =>
        edited.set('Content-Type', 'text/plain'),
      )
      return new Response('Too Many Requests', { status, headers })
    },
  },
  {
    name: 'forbids logins beyond its limit',
    found: everyFlood,
    plant: (forward) => async (request) => withStatus(await forward(request), 403),
  },
  {
    name: 'refuses good codes beyond its limit',
    found: everyFlood,
    plant: (forward) => async (request) => withStatus(await forward(request), 401),
  },
  {
    name: 'ends the sessions of an address that logs in too often',
    found: ['limits/flood-session'],
    plant: (forward) => {
      let hasMet = false
      return async (request) => {
        const response = await forward(request)
        hasMet ||= await isLimit(response)
        if (!hasMet || !request.url.endsWith('/auth/token-state')) return response
        return withJson(response, () => ({ status: 401 }), 401).then((answer) =>
          withHeaders(answer, (headers) => headers.set('Content-Type', 'application/problem+json')),
        )
      }
    },
  },
  {
    name: 'performs requests that bring their login, whatever its limit',
    found: ['limits/flood-by-request'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      const isByRequest = /^WxLogin/.test(request.headers.get('Authorization') ?? '')
      if (!isByRequest || !(await isLimit(response))) return response
      return withJson(response, () => ({ data: {} }), 200)
    },
  },
]
