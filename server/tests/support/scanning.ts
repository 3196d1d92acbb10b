import { expect } from 'vitest'
import { type TestBackend } from './backend'
import { makePerson } from './people'

export const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])
export const scanCode = { page: 'pages/scan', checkPath: false, envVersion: 'trial' } as const

/** A code that a browser shows, and what it keeps to itself. */
export interface CreatedScan {
  id: string
  secret: string
}

/** What browsers and phones send to this backend, which draws codes. */
export function createScanning(backend: TestBackend) {
  /** Codes are drawn with the token of the first time. */
  let isFirst = true

  const act = (what: string, { id }: CreatedScan, token: string) =>
    backend.send('POST', `/auth/scans/${id}/${what}`, { token })
  const poll = ({ id, secret }: CreatedScan, known = '') =>
    backend.send('GET', `/auth/scans/${id}${known && `?known=${known}`}`, {
      headers: { 'Scan-Secret': secret },
    })
  const logIn = (scan: object, headers: Record<string, string> = {}) =>
    backend.send('POST', '/auth/login', { json: { scan }, headers })

  return {
    act,
    poll,
    logIn,

    /** The code of a browser. */
    async create(headers: Record<string, string> = {}): Promise<CreatedScan> {
      if (isFirst) backend.wechat.script('token', { access_token: 't', expires_in: 7200 })
      isFirst = false
      backend.wechat.script('draw', png)
      const { status, body } = await backend.send('POST', '/auth/scans', { headers })
      expect(status).toBe(201)
      return body.data as CreatedScan
    },

    /** As the browser knows it without waiting: nothing is ever `expired` before it is created. */
    statusOf: async (scan: CreatedScan) => (await poll(scan, 'expired')).body.data,

    signIn: async (person = makePerson()) => (await backend.signIn(person)).accessToken,

    /** Scanned and confirmed by somebody. */
    async confirm(scan: CreatedScan, token: string): Promise<void> {
      expect((await act('scanned', scan, token)).status).toBe(200)
      expect((await act('confirm', scan, token)).status).toBe(200)
    },

    async expectRefused(scan: object) {
      const { status, headers, body } = await logIn(scan)
      expect(status).toBe(401)
      expect(headers.get('WWW-Authenticate')).toBe('Bearer error="invalid_credentials"')
      expect(body.type).toBe('/problems/invalid-credentials')
    },
  }
}

export type Scanning = ReturnType<typeof createScanning>
