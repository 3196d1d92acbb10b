import { openAsBlob } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Platform, WireAnswer, WireCall } from '../../src/auth/platform'

/** What went over real HTTP. */
export interface Exchange {
  line: string
  status: number
}

/** Node as the client's host, ten calls at once as in WeChat: real HTTP and timers, storage in memory, codes from `login`. */
export function createNodePlatform(login: () => Promise<string>) {
  const storage = new Map<string, string>()
  const exchanges: Exchange[] = []
  const platform: Platform = {
    now: Date.now,
    after(ms, callback) {
      const timer = setTimeout(callback, ms)
      return () => clearTimeout(timer)
    },
    send(call) {
      const controller = new AbortController()
      const answer = exchange(call, controller.signal).then(
        (given) => {
          exchanges.push({ line: lineOf(call), status: given.status })
          return given
        },
        (error: Error) => Promise.reject({ kind: 'network', errMsg: error.message }),
      )
      return { answer, abort: () => controller.abort() }
    },
    places: 10,
    login,
    getItem: (key) => storage.get(key),
    setItem: (key, value) => void storage.set(key, value),
    removeItem: (key) => void storage.delete(key),
  }
  return { platform, storage, exchanges }
}

function lineOf(call: WireCall): string {
  return `${call.type === 'request' ? call.method : call.type} ${new URL(call.url).pathname}`
}

async function exchange(call: WireCall, signal: AbortSignal): Promise<WireAnswer> {
  const response = await fetch(call.url, { ...(await initOf(call)), signal })
  const headers = Object.fromEntries(response.headers)
  const bytes = Buffer.from(await response.arrayBuffer())
  return { status: response.status, headers, data: await dataOf(call, bytes) }
}

async function initOf(call: WireCall): Promise<RequestInit> {
  if (call.type === 'request') {
    const { method, header, data } = call
    return { method, headers: header, ...(data === undefined ? {} : { body: data as string }) }
  }
  if (call.type === 'download') return { headers: call.header }
  const form = new FormData()
  for (const [name, value] of Object.entries(call.formData ?? {})) form.append(name, value)
  form.append(call.name, await openAsBlob(call.filePath), 'file')
  return { method: 'POST', headers: call.header, body: form }
}

/** As WeChat: JSON parsed for requests, text for uploads, a file for downloads. */
async function dataOf(call: WireCall, bytes: Buffer): Promise<unknown> {
  if (call.type === 'upload') return bytes.toString()
  if (call.type === 'request') {
    if (call.responseType === 'arraybuffer') return Uint8Array.from(bytes).buffer
    try {
      return JSON.parse(bytes.toString())
    } catch {
      return bytes.toString()
    }
  }
  const tempFilePath = join(await mkdtemp(join(tmpdir(), 'watchword-download-')), 'file')
  await writeFile(tempFilePath, bytes)
  return { tempFilePath }
}
