import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/**
 * What a backend of the policy *profile* does and the reference backend does not yet: it asks for
 * the profile before it books, and takes pictures. The rest it passes on, and gives its answers.
 */
export interface ProfileBackend {
  /** The bodies of `POST /auth/user-info`. */
  readonly submitted: Record<string, unknown>[]
  /** The uploads to `POST /auth/avatar`: multipart bodies. */
  readonly pictures: Buffer[]
  /** Answers no `POST /auth/user-info` from now on, until what it returns is called. */
  hold(): () => void
  close(): Promise<void>
}

export const PROFILE_REASON = '师傅上门时好称呼您'

/** Listens at `port`; `backend` is the address of the reference backend. */
export async function startProfileBackend(port: number, backend: string): Promise<ProfileBackend> {
  const submitted: Record<string, unknown>[] = []
  const pictures: Buffer[] = []
  /** The sessions whose profile is known. */
  const known = new Set<string | undefined>()
  let held = Promise.resolve()

  const pictureUrl = (index: number) => `http://127.0.0.1:${port}/pictures/${index}`

  async function passOn(request: IncomingMessage, response: ServerResponse, body: Buffer) {
    const { method = 'GET', url = '/', headers } = request
    const passed = ['authorization', 'content-type', 'replaces-token'].flatMap((name) =>
      headers[name] ? [[name, String(headers[name])] as [string, string]] : [],
    )
    const answer = await fetch(backend + url, {
      method,
      headers: passed,
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    })
    response.writeHead(answer.status, [...answer.headers].filter(isPassed).flat())
    response.end(new Uint8Array(await answer.arrayBuffer()))
    return answer.ok
  }

  function refuse(response: ServerResponse) {
    const challenge = `getUserInfo reason*=UTF-8''${encodeURIComponent(PROFILE_REASON)}`
    response.writeHead(401, {
      'Content-Type': 'application/problem+json',
      'WWW-Authenticate': challenge,
    })
    response.end(JSON.stringify({ title: 'Unauthorized', status: 401, challenges: challenge }))
  }

  async function takeUserInfo(request: IncomingMessage, response: ServerResponse, body: Buffer) {
    const given = JSON.parse(body.toString()) as Record<string, unknown>
    submitted.push(given)
    await held
    const { avatarUrl, ...rest } = given
    if (avatarUrl !== undefined && !pictures.some((_, index) => pictureUrl(index) === avatarUrl)) {
      return void response.writeHead(422).end()
    }
    const isTaken = await passOn(request, response, Buffer.from(JSON.stringify(rest)))
    if (isTaken && given.nickname) known.add(request.headers.authorization)
  }

  const server = createServer((request, response) => {
    void readBody(request).then((body): unknown => {
      const route = `${request.method} ${request.url}`
      const isKnown = known.has(request.headers.authorization)
      if (route === 'POST /bookings' && !isKnown) return refuse(response)
      if (route === 'POST /auth/user-info') return takeUserInfo(request, response, body)
      if (route !== 'POST /auth/avatar') return passOn(request, response, body)
      const avatarUrl = pictureUrl(pictures.push(body) - 1)
      response.writeHead(200, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify({ data: { avatarUrl } }))
    })
  })
  await once(server.listen(port, '127.0.0.1'), 'listening')

  return {
    submitted,
    pictures,
    hold() {
      let release!: () => void
      held = new Promise((resolve) => (release = resolve))
      return release
    },
    async close() {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}

/** fetch has decoded the body, and Node frames it anew. */
function isPassed([name]: [string, string]): boolean {
  return !['connection', 'content-encoding', 'content-length', 'transfer-encoding'].includes(name)
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
