import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localPages } from '../../build/localPages'

let root: string
let server: ViteDevServer
let port: number
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'watchword-vite-'))
  writeFileSync(join(root, 'source.js'), 'export const secret = 1')
  server = await createServer({
    ...{ root, configFile: false, logLevel: 'silent', plugins: [localPages()] },
    optimizeDeps: { noDiscovery: true },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  })
  await server.listen()
  const address = server.httpServer?.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  port = address.port
}, 60_000)
afterAll(async () => {
  await server.close()
  rmSync(root, { recursive: true })
})

/** fetch sends no other `Host` than that of the address. */
async function statusOf(headers: Record<string, string>): Promise<number | undefined> {
  const asked = request({ host: '127.0.0.1', port, path: '/source.js', headers })
  asked.end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  response.resume()
  return response.statusCode
}

describe('the development server of the example', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', '192.168.1.7'])('answers to %s', async (name) => {
    const host = `${name}:${port}`
    expect(await statusOf({ host })).toBe(200)
    expect(await statusOf({ host, origin: `http://${host}` })).toBe(200)
  })

  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example'])(
    'does not answer to %s, whose owner may have pointed it here',
    async (name) => {
      expect(await statusOf({ host: `${name}:${port}` })).toBe(403)
    },
  )

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:9', 'http://localhost'])(
    'lets no page of %s read anything',
    async (origin) => {
      expect(await statusOf({ host: `127.0.0.1:${port}`, origin })).toBe(403)
    },
  )
})
