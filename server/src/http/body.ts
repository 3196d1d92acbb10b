import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { AppEnv } from './answer'
import { Problem, type FieldError } from './problem'

const mebibyte = 1024 * 1024
/**
 * How much of a larger body is read and dropped: many clients read the answer only after sending.
 */
const maxDropped = 16 * mebibyte

/** What comes with them has no meaning (RFC 9110 sections 9.3.1 and 9.3.2). */
const bodiless = ['GET', 'HEAD']

const jsonType = /^application\/(json|[\w.+-]+\+json)\s*(;|$)/i
// Silent replacement of bad bytes would store what nobody sent (RFC 8259 section 8.1).
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads the whole body before the request is handled: some clients lose an answer that arrives
 * while they still send. It keeps at most `maxSize` bytes, and leaves a body alone that has been
 * read.
 */
export function receiveBody(maxSize = mebibyte): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    // To ask for a body makes the whole Request, which costs more than the rest of a GET.
    const body = bodiless.includes(c.req.method) ? null : c.req.raw.body
    if (body && !c.get('body')) c.set('body', await receive(body, maxSize))
    await next()
  }
}

async function receive(body: ReadableStream<Uint8Array>, maxSize: number) {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of body) {
      size += chunk.length
      if (size <= maxSize) chunks.push(chunk)
      if (size > maxDropped) break
    }
  } catch {
    // The client has closed the connection before the end of its body.
    throw new Problem('malformed-body')
  }
  if (size > maxSize) throw new Problem('body-too-large')
  return Buffer.concat(chunks)
}

/**
 * The request's JSON body, checked.
 * @throws Problem 415 for another content type, 400 for what is not JSON, 422 with one error for
 *   each member at fault
 */
export function readBody<T>(c: Context, schema: z.ZodType<T>): T {
  if (!jsonType.test(c.req.header('Content-Type') ?? '')) {
    throw new Problem('unsupported-media-type')
  }
  const result = schema.safeParse(readJson(c))
  if (!result.success) {
    throw new Problem('invalid-body', { errors: result.error.issues.map(fieldError) })
  }
  return result.data
}

function readJson(c: Context): unknown {
  try {
    return JSON.parse(utf8.decode(c.get('body') as Buffer | undefined))
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
