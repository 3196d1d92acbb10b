import { Busboy, type BusboyInstance } from '@fastify/busboy'
import type { Context } from 'hono'
import { receiveBody } from './body'
import { Problem } from './problem'

const formType = /^multipart\/form-data\s*;/i
/** Room for the rest of a form: boundaries, headers, other fields. */
const formMargin = 64 * 1024
/** The file, and other fields. Parts without a name are neither, and each costs as much time. */
const maxParts = 65

/**
 * The one file of the request's form, whatever its field is called; other fields are ignored. It
 * stops at the second file, and at the byte too many.
 * @throws Problem 415 for another content type, 400 for what is no form or was cut off, 413 for
 *   more than `maxSize`, 422 for no file or several
 */
export async function readFormFile(c: Context, maxSize: number): Promise<Buffer> {
  const type = c.req.header('Content-Type') ?? ''
  if (!formType.test(type)) throw new Problem('unsupported-media-type')
  const parser = createParser(type, maxSize)
  const file = fileOf(parser)
  const chunks = receiveBody(c, maxSize + formMargin)
  const feed = async () => {
    for await (const chunk of chunks) parser.write(chunk)
    parser.end()
    return file
  }
  try {
    return await Promise.race([file, feed()])
  } finally {
    // Not awaited: it ends with the chunk that is on its way.
    void chunks.return(undefined)
  }
}

function createParser(type: string, fileSize: number): BusboyInstance {
  const limits = { files: 1, parts: maxParts, fieldSize: formMargin, fileSize }
  try {
    return new Busboy({ headers: { 'content-type': type }, limits })
  } catch {
    // The content type has no boundary.
    throw new Problem('malformed-body')
  }
}

/** Settles as soon as the parser has seen enough. */
function fileOf(parser: BusboyInstance): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let parts: Buffer[] | undefined
    const refuse = (problem: Problem) => () => reject(problem)
    parser
      .on('file', (_field, file) => {
        const own: Buffer[] = (parts = [])
        file
          .on('data', (part: Buffer) => own.push(part))
          .on('limit', refuse(new Problem('body-too-large')))
          .on('error', refuse(new Problem('malformed-body')))
      })
      .on('filesLimit', refuse(notOneFile()))
      .on('partsLimit', refuse(notOneFile()))
      .on('error', refuse(new Problem('malformed-body')))
      .on('finish', () => (parts ? resolve(Buffer.concat(parts)) : reject(notOneFile())))
  })
}

function notOneFile() {
  return new Problem('invalid-body', { errors: [{ pointer: '#', detail: 'expected one file' }] })
}
