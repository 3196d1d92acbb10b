import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An HTTP call to a backend, its JSON parsed. */
export interface Received {
  /** `POST /auth/login` */
  line: string
  headers: IncomingMessage['headers']
  query: URLSearchParams
  body: Record<string, unknown>
}

export interface Sent {
  status?: number
  headers?: Record<string, string>
  /** Sent as JSON; text as it is. */
  body?: unknown
}

/** What a backend keeps of people and sessions, whatever shape its answers have. */
export interface Sessions {
  /** @throws Error the code was used, or is none of `wx.login` */
  begin(code: unknown): Session
  /** A session by its token, while that is alive. */
  find(token: string | undefined): Session | undefined
  /** A new token for a session, by its refresh token, which is used up. */
  refresh(refreshToken: unknown): Session | undefined
  end(session: Session): void
}

export interface Session {
  readonly accessToken: string
  readonly refreshToken: string
  phone: string | undefined
}

/** How one product's backend speaks. */
export interface Shape {
  /** The folder name of its page in docs/backends/, without `.md`. */
  name: string
  answer(call: Received, sessions: Sessions): Sent
  /** What the tests ask it for. `list` needs a session, `contact` the phone number too. */
  paths: { list: string; refused: string; contact: string }
  /** The code and message by which `refused` is refused. */
  refusal: { code: string | number; message: string }
  /** What its tokens look like. */
  token?: (number: number) => string
}

/** Where each has a file that needs no session. */
export const FILE = '/terms.pdf'

/** A running backend, and what it was asked. */
export interface Running {
  url: string
  count(line: string): number
  /** All tokens are dead; with `refreshTokens`, those too. */
  forget(what?: 'refreshTokens'): void
  close(): Promise<void>
}

export async function startShape({ answer, token }: Shape): Promise<Running> {
  const lines: string[] = []
  const { sessions, forget } = createSessions(token)
  const server = createServer((request, response) => {
    void receive(request).then((call) => {
      lines.push(call.line)
      if (call.line === `GET ${FILE}`)
        return response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF')
      send(response, answer(call, sessions))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: (line) => lines.filter((one) => one === line).length,
    forget,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://localhost')
  const body = (text ? JSON.parse(text) : {}) as Record<string, unknown>
  return { line: `${request.method} ${pathname}`, headers: request.headers, query, body }
}

function send(response: ServerResponse, { status = 200, headers, body }: Sent): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body))
}

function createSessions(tokenOf = (number: number) => `token-${number}`) {
  const used = new Set<unknown>()
  const people = new Map<unknown, { phone: string | undefined }>()
  const byToken = new Map<string, Session>()
  const byRefresh = new Map<unknown, Session>()
  let issued = 0

  function issue(person: { phone: string | undefined }): Session {
    const number = (issued += 1)
    const session: Session = {
      accessToken: tokenOf(number),
      refreshToken: `refresh-${number}`,
      get phone() {
        return person.phone
      },
      set phone(phone) {
        person.phone = phone
      },
    }
    byToken.set(session.accessToken, session)
    byRefresh.set(session.refreshToken, session)
    return session
  }

  const sessions: Sessions = {
    begin(code) {
      const [, name] = /^code-of-(\w+)-\d+$/.exec(String(code)) ?? []
      if (name === undefined || used.has(code)) throw new Error('the code was used, or is none')
      used.add(code)
      const person = people.get(name) ?? { phone: undefined }
      people.set(name, person)
      return issue(person)
    },
    find: (token) => (token === undefined ? undefined : byToken.get(token)),
    refresh(refreshToken) {
      const session = byRefresh.get(refreshToken)
      if (!session) return undefined
      sessions.end(session)
      return issue(session)
    },
    end(session) {
      byToken.delete(session.accessToken)
      byRefresh.delete(session.refreshToken)
    },
  }
  return {
    sessions,
    forget(what?: 'refreshTokens') {
      byToken.clear()
      if (what) byRefresh.clear()
    },
  }
}
