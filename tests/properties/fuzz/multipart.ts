import fc from 'fast-check'
import type { Context } from 'hono'
import { readFormFile } from '../../../server/src/http/form'
import { Problem } from '../../../server/src/http/problem'
import { linear } from './linear'
import { mutated } from './mutations'
import { target, type FuzzTarget } from './target'

const BOUNDARY = 'b0undary'
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`
const LIMIT = 4_096

const content = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('\r\n--b0undar', '--b0undary', '\r\n\r\n--', '\r', '', '\r\n--b0undary2\r\n'),
)
const part = fc
  .record({
    content,
    filename: fc.option(fc.constantFrom('a.png', 'ü.png', '', 'a"b', '..\\a')),
    name: fc.constantFrom('file', 'other', ''),
    extra: fc.constantFrom(
      '',
      'Content-Type: image/png\r\n',
      'Content-Type: text/plain; charset=x\r\n',
    ),
  })
  .map(({ content, filename, name, extra }) => {
    const file = filename === null ? '' : `; filename="${filename}"`
    return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${extra}\r\n${content}\r\n`
  })
const form = fc.array(part, { maxLength: 3 }).map((parts) => `${parts.join('')}--${BOUNDARY}--\r\n`)

const WORDS = [
  ...[
    '\r\n',
    '\r',
    '\n',
    '--',
    BOUNDARY,
    `--${BOUNDARY}`,
    `\r\n--${BOUNDARY}--`,
    ';',
    ':',
    '"',
    '=',
  ],
  ...['Content-Disposition: form-data', 'name="file"', 'filename="a"', "filename*=utf-8''a"],
  ...['Content-Transfer-Encoding: base64', 'Content-Type: ', '\0', 'ü'],
]

/** A request whose body comes in these pieces. */
function requestOf(body: string, type: string, cuts: readonly number[]): Context {
  const bytes = Buffer.from(body, 'latin1')
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  const pieces = [0, ...places].map((start, index) => bytes.subarray(start, places[index]))
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces.shift()
      if (piece) controller.enqueue(piece)
      else controller.close()
    },
  })
  return { req: { header: () => type, raw: { body: stream } } } as unknown as Context
}

async function read(
  body: string,
  type: string,
  cuts: readonly number[],
  limit = LIMIT,
): Promise<string> {
  try {
    return `file ${(await readFormFile(requestOf(body, type, cuts), limit)).toString('latin1')}`
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.kind
  }
}

/** The contents of the files, where it is a form to the letter: cut at its boundaries. */
function filesIn(body: string): string[] | undefined {
  const pieces = `\r\n${body}`.split(`\r\n--${BOUNDARY}`)
  const end = pieces.pop()
  if (pieces.shift() !== '' || end === undefined || !/^--(\r\n|$)/.test(end)) return undefined
  const files: string[] = []
  for (const piece of pieces) {
    const [, head, content] = /^\r\n([^]*?)\r\n\r\n([^]*)$/.exec(piece) ?? []
    if (head === undefined || content === undefined) return undefined
    const lines = head.split('\r\n')
    if (!lines.every((line) => /^Content-(Type|Disposition): [ -~]*$/.test(line))) return undefined
    const dispositions = lines.filter((line) => line.startsWith('Content-Disposition'))
    const plain = /^Content-Disposition: form-data; name="\w+"(; filename="[\w.]+")?$/
    if (dispositions.length !== 1 || !plain.test(dispositions[0]!)) return undefined
    if (dispositions[0]!.includes('filename=')) files.push(content)
    // What has a type but no name of a file is a file to some.
    else if (lines.length > 1) return undefined
  }
  return files
}

const REFUSALS = ['malformed-body', 'body-too-large', 'unsupported-media-type', 'invalid-body']
const cuts = fc.array(fc.nat(), { maxLength: 6 })
const types = mutated(
  fc.constantFrom(TYPE, 'multipart/form-data; boundary="b0undary"', 'text/plain'),
  [...['multipart/form-data', ';', '=', 'boundary', '"', '\\', ' ', BOUNDARY, ',', "*=utf-8''"]],
)

/** What comes in pieces as a network brings them. */
function readLong(body: string): Promise<string> {
  const pieces = Math.ceil(body.length / 16_384)
  const cuts = Array.from({ length: pieces }, (_, index) => index * 16_384)
  return read(body, TYPE, cuts, body.length)
}

const HEAD = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a"`

// Only the backend reads forms, and @fastify/busboy takes them apart; the client's are made by its host.
export const MULTIPART: FuzzTarget[] = [
  target(
    'multipart: a form has one file, or a documented problem, however its bytes come in',
    1_000,
    fc.asyncProperty(
      mutated(form, WORDS),
      fc.oneof(fc.constant(TYPE), types),
      cuts,
      async (body, type, at) => {
        const whole = await read(body, type, [])
        const cut = await read(body, type, at)
        if (whole !== cut) throw new Error(`${whole}, but in pieces ${cut}`)
        return whole.startsWith('file ') || REFUSALS.includes(whole)
      },
    ),
  ),
  target(
    'multipart: the file is the one that a slow reader finds between the boundaries',
    2_000,
    fc.asyncProperty(mutated(form, WORDS), cuts, async (body, at) => {
      const latin1 = Buffer.from(body, 'latin1').toString('latin1')
      const files = filesIn(latin1)
      if (!files || latin1.length > LIMIT) return true
      const expected = files.length === 1 ? `file ${files[0]}` : 'invalid-body'
      const found = await read(latin1, TYPE, at)
      if (found !== expected) throw new Error(`${found}, but ${expected} to the slow one`)
      return true
    }),
  ),
  linear('multipart: parts are read', (text) => readLong(`--${BOUNDARY}\r\n${text}`), WORDS),
  linear('multipart: the head of a part is read', (text) => readLong(HEAD + text), WORDS),
  linear('multipart: a file is read', (text) => readLong(`${HEAD}\r\n\r\n${text}`), WORDS),
]
