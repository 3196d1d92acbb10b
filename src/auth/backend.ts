import type { Method, Platform, WireCall } from './platform'
import { resolveURL } from './address'
import { readAnswer, type Answer } from './answer'
import { AuthError, HttpError, type AuthErrorCode } from './errors'
import type { AuthOptions } from './types'
import { sendWithin } from './wire'

interface BackendCall {
  /** Full address or path. */
  url: string
  method: Method
  body?: unknown
  token?: string | undefined
  /** Names in lower case. */
  header?: Record<string, string>
  /** ms */
  timeout: number
}

/** The calls that sign-in itself makes: past the queue, and never challenged. */
export interface Backend {
  call(call: BackendCall): Promise<Answer>
  upload(call: {
    url: string
    token: string
    filePath: string
    timeout: number
    onProgress?: ((percent: number) => void) | undefined
  }): Promise<Answer>
}

export function createBackend(
  platform: Platform,
  baseURL: string,
  readTokenState: AuthOptions['readTokenState'],
): Backend {
  async function send(call: WireCall, token: string | undefined): Promise<Answer> {
    call.url = resolveURL(baseURL, call.url)
    if (token !== undefined) call.header.authorization = `Bearer ${token}`
    const raw = await sendWithin(platform, call).answer
    try {
      return readAnswer(raw, platform.now(), readTokenState)
    } catch (cause) {
      throw new AuthError('protocol', { hint: 'answer', cause })
    }
  }

  return {
    call({ token, body, header, ...call }) {
      const data = body === undefined ? {} : { data: JSON.stringify(body) }
      const headers = { 'content-type': 'application/json', ...header }
      return send({ type: 'request', header: headers, ...data, ...call }, token)
    },
    upload: ({ token, ...file }) =>
      send({ type: 'upload', header: {}, name: 'file', ...file }, token),
  }
}

/** The error of sign-in that an answer means. */
export function authError(code: AuthErrorCode, answer: Answer): AuthError {
  const { status, requestId, retryAfter } = answer
  return new AuthError(code, { status, requestId, retryAfter, cause: httpError(answer) })
}

/** The error of an answer that is neither 2xx nor a challenge to be met. */
export function httpError({ status, data, requestId, retryAfter }: Answer): HttpError {
  return new HttpError(status, { problem: data, requestId, retryAfter })
}
