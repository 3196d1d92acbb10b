import { z } from 'zod'
import type { WeChatConfig } from '../config'
import { createPlaces } from '../places'

/**
 * A call of WeChat has failed. `refused`: WeChat refuses the user's code; `too-frequent`: 45011;
 * `unavailable`: slow, down, busy (-1), or it refuses this backend itself.
 */
export class WeChatError extends Error {
  override readonly name = 'WeChatError'
  /** WeChat's errcode, if it sent one. */
  readonly errcode: number | undefined
  constructor(
    readonly reason: 'refused' | 'too-frequent' | 'unavailable',
    options: { errcode?: number; cause?: unknown } = {},
  ) {
    // Neither WeChat's errmsg nor an address: both may hold secrets.
    super(`WeChat: ${reason}`, { cause: options.cause })
    this.errcode = options.errcode
  }
}

/** One call of WeChat's API. A `body` makes it a POST; a picture is answered as `{ picture }`. */
export interface WeChatCall<T> {
  path: string
  query?: Record<string, string>
  body?: unknown
  answer: z.ZodType<T>
}

/** A call that has ended. It holds no secrets: neither its query nor its body. */
export interface WeChatCallObserved {
  path: string
  /** `ok`, WeChat's errcode, or `failed`: no answer in time, or one that cannot be read. */
  outcome: string
  /** How long it took, with the wait for its turn. */
  ms: number
}

/**
 * Calls WeChat's API within the configured time, so many calls at once as configured, and until the
 * backend closes; rejects with WeChatError `unavailable` only.
 */
export type WeChatApi = <T>(call: WeChatCall<T>) => Promise<T>

export function createWeChatApi(
  { apiBase, timeout, concurrency }: WeChatConfig,
  closing: AbortSignal,
  observe: (call: WeChatCallObserved) => void = () => undefined,
): WeChatApi {
  // Not AbortSignal.any: in Node 20 `closing` would keep something of every call.
  const underWay = new Set<AbortController>()
  const places = createPlaces(concurrency)
  closing.addEventListener('abort', () => underWay.forEach((call) => call.abort()))

  return async ({ path, query = {}, body, answer }) => {
    const url = new URL(apiBase.replace(/\/$/, '') + path)
    url.search = new URLSearchParams(query).toString()
    const call = new AbortController()
    const timer = setTimeout(() => call.abort(), timeout)
    const started = performance.now()
    let outcome = 'failed'
    underWay.add(call)
    try {
      closing.throwIfAborted()
      await places.take(call.signal)
      try {
        const read = answer.parse(await send(url, body, call.signal))
        outcome = outcomeOf(read)
        return read
      } finally {
        places.leave()
      }
    } catch (cause) {
      throw new WeChatError('unavailable', { cause })
    } finally {
      clearTimeout(timer)
      underWay.delete(call)
      observe({ path, outcome, ms: performance.now() - started })
    }
  }
}

/** A success has no errcode, or 0. */
function outcomeOf(answer: unknown): string {
  const { errcode } = z.object({ errcode: z.number().default(0) }).parse(answer)
  return errcode === 0 ? 'ok' : String(errcode)
}

async function send(url: URL, body: unknown, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, {
    // A redirect would carry the secrets of the address elsewhere.
    redirect: 'error',
    signal,
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  return read(Buffer.from(await response.arrayBuffer()))
}

/** The first bytes of the pictures that WeChat draws. */
const pictures = [
  { type: 'image/jpeg', start: Buffer.from([0xff, 0xd8, 0xff]) },
  { type: 'image/png', start: Buffer.from([0x89, 0x50, 0x4e, 0x47]) },
] as const

/**
 * WeChat answers JSON, also where it refuses to draw a picture, and calls it by several types. A picture
 * becomes its data URL.
 */
function read(body: Buffer): unknown {
  const picture = pictures.find(({ start }) => body.subarray(0, start.length).equals(start))
  if (picture) return { picture: `data:${picture.type};base64,${body.toString('base64')}` }
  return JSON.parse(body.toString())
}
