import type { Method, Platform } from '../platform/platform'
import { resolveURL } from './address'
import { readAnswer, type Answer } from './answer'
import { HttpError } from './errors'
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
  const bearer = (token: string | undefined): Record<string, string> =>
    token === undefined ? {} : { authorization: `Bearer ${token}` }
  const read = (raw: Parameters<typeof readAnswer>[0]) =>
    readAnswer(raw, platform.now(), readTokenState)

  return {
    async call({ url, method, body, token, header, timeout }) {
      const raw = await sendWithin(platform, {
        type: 'request',
        url: resolveURL(baseURL, url),
        method,
        header: { 'content-type': 'application/json', ...header, ...bearer(token) },
        ...(body === undefined ? {} : { data: JSON.stringify(body) }),
        timeout,
      }).answer
      return read(raw)
    },
    async upload({ url, token, ...file }) {
      const raw = await sendWithin(platform, {
        type: 'upload',
        url: resolveURL(baseURL, url),
        header: bearer(token),
        name: 'file',
        ...file,
      }).answer
      return read(raw)
    },
  }
}

/** The error of an answer that is neither 2xx nor a challenge to be met. */
export function httpError({ status, data, requestId, retryAfter }: Answer): HttpError {
  return new HttpError(status, { problem: data, requestId, retryAfter })
}
