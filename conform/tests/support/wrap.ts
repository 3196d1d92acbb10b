import type { Forward } from './reference'

type Json = Record<string, unknown>

/** What a planted fault knows beside the requests. */
export interface World {
  /** The clock, in ms. */
  now: () => number
  /** The phone number of the person who was invented last. */
  lastPhoneNumber: () => string
}

/** A backend with one fault, and the checks that must find it: these and no others. */
export interface PlantedFault {
  name: string
  found: string[]
  plant: (forward: Forward, world: World) => Forward
}

/** The same answer with other headers. */
export function withHeaders(response: Response, edit: (headers: Headers) => void): Response {
  const headers = new Headers(response.headers)
  edit(headers)
  const { status } = response
  return new Response(status === 204 ? null : response.body, { status, headers })
}

/** The same answer with another JSON body; one that is no JSON stays as it is. */
export async function withJson(
  response: Response,
  edit: (body: Json) => unknown,
  status = response.status,
): Promise<Response> {
  if (!/json/.test(response.headers.get('Content-Type') ?? '')) return response
  const body = edit((await response.json()) as Json)
  return new Response(JSON.stringify(body), { status, headers: response.headers })
}

/** The same answer, with other members of its token state if it has one. */
export function withState(
  response: Response,
  edit: (state: Json, body: Json) => unknown,
): Promise<Response> {
  return withJson(response, (body) => {
    const { tokenState } = body
    return tokenState ? { ...body, tokenState: edit(tokenState as Json, body) } : body
  })
}

/** A 401 with other challenges, in its header and in its body. */
export async function withChallenges(
  response: Response,
  edit: (challenges: string) => string,
  isMeant: (challenges: string) => boolean = () => true,
): Promise<Response> {
  const challenges = response.headers.get('WWW-Authenticate')
  if (challenges === null || !isMeant(challenges)) return response
  const changed = edit(challenges)
  const answer = await withJson(response, (body) => ({ ...body, challenges: changed }))
  return withHeaders(answer, (headers) => headers.set('WWW-Authenticate', changed))
}

/** Edits the answers to requests of one kind. */
export const editing =
  (
    isMeant: (request: Request) => boolean,
    edit: (response: Response) => Promise<Response>,
  ): PlantedFault['plant'] =>
  (forward) =>
  async (request) => {
    const response = await forward(request)
    return isMeant(request) ? edit(response) : response
  }

/** The same request with other headers, or to another place. */
export function redirected(
  request: Request,
  changes: { path?: string; method?: string; headers?: (headers: Headers) => void },
): Request {
  const { path = new URL(request.url).pathname, method = request.method } = changes
  const headers = new Headers(request.headers)
  changes.headers?.(headers)
  return new Request(new URL(path, request.url), { method, headers })
}

export const pathOf = (request: Request) => new URL(request.url).pathname
export const isTo = (request: Request, route: string) =>
  `${request.method} ${pathOf(request)}` === route
export const isPrompt = (challenges: string) => /^get/.test(challenges)
export const isProblem = (response: Response) => response.status >= 400

/** The token of a request, or ''. */
export const tokenOf = ({ headers }: Request) =>
  /^Bearer (.*)$/.exec(headers.get('Authorization') ?? '')?.[1] ?? ''

/** The token of an answer, or ''. */
export async function tokenIn(response: Response): Promise<string> {
  const text = await response.clone().text()
  const { tokenState } = JSON.parse(text || '{}') as { tokenState?: { accessToken: string } }
  return tokenState?.accessToken ?? ''
}

/** The kind of a problem, or ''. */
export async function problemOf(response: Response): Promise<string> {
  if (!isProblem(response)) return ''
  const { type = '' } = (await response.clone().json()) as { type?: string }
  return type.replace('/problems/', '')
}

/** The answer to a problem of this kind, with another status in it and outside. */
export async function withStatus(
  response: Response,
  kind: string,
  status: number,
): Promise<Response> {
  if ((await problemOf(response)) !== kind) return response
  return withJson(response, (body) => ({ ...body, status }), status)
}
