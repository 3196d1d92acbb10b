import type { Context } from 'hono'
import { z } from 'zod'
import { Problem, type FieldError } from './problem'

const mebibyte = 1024 * 1024
/** The largest body that is not an upload. */
const maxJson = mebibyte
/** Of those that guests send: all connections at once may hold so much each. */
export const maxGuestJson = 16 * 1024
/** How much of a body is read and dropped, before the connection is cut off. */
const maxDropped = 16 * mebibyte

const jsonType = /^application\/(json|[\w.+-]+\+json)\s*(;|$)/i
// Silent replacement of bad bytes would store what nobody sent (RFC 8259 section 8.1).
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * The request's body as it comes in. A body is read by the route that needs it, after the
 * credential has been checked: nobody else makes the backend hold any. What is left when the reader
 * stops is dropped while the answer is on its way, since many clients read it only after sending.
 * @throws Problem 413 as soon as there is more than `maxSize`, 400 for what is cut off
 */
export async function* receiveBody(c: Context, maxSize: number): AsyncGenerator<Uint8Array> {
  const reader = c.req.raw.body?.getReader()
  if (!reader) return
  let size = 0
  try {
    for (;;) {
      const { value } = await reader.read().catch(() => {
        // The client has closed the connection before the end of its body.
        throw new Problem('malformed-body')
      })
      if (!value) return
      size += value.length
      if (size > maxSize) throw new Problem('body-too-large')
      yield value
    }
  } finally {
    void drop(reader, size)
  }
}

/** Never rejects. */
async function drop(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  received: number,
): Promise<void> {
  try {
    for (let size = received; size <= maxDropped;) {
      const { value } = await reader.read()
      if (!value) return
      size += value.length
    }
    await reader.cancel()
  } catch {
    // The client has closed the connection: nothing is left to drop.
  }
}

/**
 * The request's JSON body, checked.
 * @throws Problem 415 for another content type, 413 for more than `maxSize`, 400 for what is not JSON,
 *   422 with one error for each member at fault
 */
export async function readBody<T>(c: Context, schema: z.ZodType<T>, maxSize = maxJson): Promise<T> {
  if (!jsonType.test(c.req.header('Content-Type') ?? '')) {
    throw new Problem('unsupported-media-type')
  }
  const result = schema.safeParse(parseJson(await readBytes(c, maxSize)))
  if (!result.success) {
    throw new Problem('invalid-body', { errors: result.error.issues.map(fieldError) })
  }
  return result.data
}

/** The whole body. @throws Problem as `receiveBody` does */
export async function readBytes(c: Context, maxSize: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of receiveBody(c, maxSize)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    throw new Problem('malformed-body')
  }
}

function fieldError({ path, message }: z.core.$ZodIssue): FieldError {
  return { pointer: ['#', ...path].join('/'), detail: message }
}

/** The members of what WeChat encrypts for a mini-program. */
export const encryptedMembers = { encryptedData: z.base64().min(1), iv: z.base64().length(24) }

/**
 * A string of 1 to `most` characters, trimmed, without control characters and lone surrogates:
 * JSON can escape half a character (RFC 8259 section 8.2), which UTF-8 can only replace.
 */
export function text(most: number, error?: string) {
  const options = error ? { error } : undefined
  return z
    .string(options)
    .trim()
    .min(1, options)
    .max(most, options)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, options)
}
