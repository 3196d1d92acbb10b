import type { Context } from 'hono'
import { Problem } from './problem'

const formType = /^multipart\/form-data\s*;/i

/**
 * The one file of the request's form, whatever its field is called; other fields are ignored.
 * @throws Problem 415 for another content type, 400 for what is no form or was cut off, 422 for
 *   no file or several
 */
export async function readFormFile(c: Context): Promise<File> {
  const type = c.req.header('Content-Type') ?? ''
  if (!formType.test(type)) throw new Problem('unsupported-media-type')
  const body = c.get('body') as Buffer<ArrayBuffer> | undefined
  const form = await new Response(body ?? null, { headers: { 'Content-Type': type } })
    .formData()
    .catch(() => {
      throw new Problem('malformed-body')
    })
  const [file, ...more] = [...form.values()].filter((value) => value instanceof File)
  if (!file || more.length > 0) {
    const errors = [{ pointer: '#', detail: 'expected one file' }]
    throw new Problem('invalid-body', { errors })
  }
  return file
}
