import { once } from 'node:events'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
}

/** Serves a folder, e.g. the H5 build, on a free port of this machine. */
export async function serveFiles(folder: string): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const file = fileAt(folder, request.url ?? '/')
    if (file === undefined) return response.writeHead(404).end()
    response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream')
    createReadStream(file).pipe(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

/** Any page can make a browser ask for what is no address, or no file: neither may end the process. */
function fileAt(folder: string, address: string): string | undefined {
  const base = 'http://localhost'
  if (!URL.canParse(address, base)) return undefined
  const path = normalize(new URL(address, base).pathname)
  const file = join(folder, path === '/' ? 'index.html' : path)
  return existsSync(file) && statSync(file).isFile() ? file : undefined
}
