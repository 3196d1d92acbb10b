import type { Context } from 'hono'
import { z } from 'zod'
import { Problem, type FieldError } from './problem'

const jsonType = /^application\/(json|[\w.+-]+\+json)\s*(;|$)/i
// Silent replacement of bad bytes would store what nobody sent (RFC 8259 section 8.1).
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * The request's JSON body, checked.
 * @throws Problem 415 for another content type, 400 for what is not JSON, 422 with one error for
 *   each member at fault
 */
export async function readBody<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  if (!jsonType.test(c.req.header('Content-Type') ?? '')) {
    throw new Problem('unsupported-media-type')
  }
  const result = schema.safeParse(await readJson(c))
  if (!result.success) {
    throw new Problem('invalid-body', { errors: result.error.issues.map(fieldError) })
  }
  return result.data
}

async function readJson(c: Context): Promise<unknown> {
  try {
    return JSON.parse(utf8.decode(await c.req.arrayBuffer()))
  } catch {
    throw new Problem('malformed-body')
  }
}

function fieldError({ path, message }: z.core.$ZodIssue): FieldError {
  return { pointer: ['#', ...path].join('/'), detail: message }
}

/** A string of `least` to `most` characters without control characters, trimmed. */
export function text(most: number, error?: string) {
  const options = error ? { error } : undefined
  return z
    .string(options)
    .trim()
    .min(1, options)
    .max(most, options)
    .regex(/^[^\p{Cc}]*$/u, options)
}
