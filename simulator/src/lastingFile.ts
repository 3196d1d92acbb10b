import { createHash } from 'node:crypto'

/** A script or style sheet under an address of its content, so that a browser keeps it for good. */
export interface LastingFile {
  /** Its path, with a digest of the content in the name. */
  path: string
  response(): Response
}

const types = { js: 'text/javascript', css: 'text/css' }

/** Reads and compiles like the last time wherever the same content is shown again. */
export function lastingFile(name: string, type: keyof typeof types, content: string): LastingFile {
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 16)
  const headers = {
    'content-type': `${types[type]}; charset=utf-8`,
    'cache-control': 'max-age=31536000, immutable',
  }
  return { path: `/${name}-${digest}.${type}`, response: () => new Response(content, { headers }) }
}
