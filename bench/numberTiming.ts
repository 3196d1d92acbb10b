// Whether the time of an answer says that somebody has a phone number: passwords and text codes for
// numbers that somebody has, has had, and that nobody has, in turns. Run: npx tsx bench/numberTiming.ts
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, createLogger, noLimits, openDatabase } from '@watchword/server'

const rounds = Number(process.argv[2] ?? 1000)
const dataDir = await mkdtemp(join(tmpdir(), 'watchword-timing-'))
const log = createLogger('silent')
const { database, close } = await openDatabase({ dataDir, appId: 'wx0', log })
let sent = ''
let time = Date.now()
const app = createApp({
  config: {
    wechat: {
      apiBase: 'http://127.0.0.1:9',
      apps: [{ appId: 'wx0', appSecret: 's' }],
      timeout: 1,
      concurrency: 1,
    },
    sessionKeySecrets: [randomBytes(32)],
    tokenTtl: 7200,
    sessionIdleDays: 30,
    userInfoPolicy: 'unionid',
    phoneJoin: 'refuse',
    phoneProofDays: 90,
    limits: noLimits,
    trustProxy: { is: 'nobody' },
    eventsDays: 180,
    publicUrl: 'http://localhost',
  },
  database,
  log,
  now: () => time,
  sendSms: ({ code }) => Promise.resolve(void (sent = code)),
})

async function send(method: string, path: string, json: object): Promise<number> {
  const started = performance.now()
  const headers = { 'Content-Type': 'application/json' }
  const response = await app.request(path, { method, headers, body: JSON.stringify(json) })
  await response.text()
  return performance.now() - started
}

const phones = {
  withPassword: '13800000001',
  withoutPassword: '13800000002',
  /** Of somebody who has it no longer, but has a password with it. */
  moved: '13800000004',
  unknown: '13800000003',
}
for (const phone of [phones.moved, phones.withPassword]) {
  await send('POST', '/auth/sms-codes', { phone, purpose: 'password' })
  await send('PUT', '/auth/password', { phone, smsCode: sent, password: 'eine lange Losung' })
}
time += 91 * 86_400_000
await send('POST', '/auth/sms-codes', { phone: phones.moved, purpose: 'login' })
await send('POST', '/auth/login', { phone: phones.moved, smsCode: sent, isMine: false })
await send('POST', '/auth/sms-codes', { phone: phones.withoutPassword, purpose: 'login' })
await send('POST', '/auth/login', { phone: phones.withoutPassword, smsCode: sent })

const kinds = {
  'wrong password': (phone: string) =>
    send('POST', '/auth/login', { phone, password: 'wrong one' }),
  'asks for a code': (phone: string) =>
    send('POST', '/auth/sms-codes', { phone, purpose: 'login' }),
  'wrong code': (phone: string) => send('POST', '/auth/login', { phone, smsCode: '000000' }),
}
for (const [kind, ask] of Object.entries(kinds)) {
  const times = new Map(Object.keys(phones).map((who) => [who, [] as number[]]))
  for (let round = 0; round < rounds; round++) {
    const entries = Object.entries(phones)
    // Nobody is always the first of a round.
    const turn = round % entries.length
    for (const [who, phone] of [...entries.slice(turn), ...entries.slice(0, turn)]) {
      times.get(who)?.push(await ask(phone))
    }
  }
  for (const [who, all] of times) {
    const sorted = all.sort((one, other) => one - other)
    const at = (part: number) => (sorted[Math.floor(sorted.length * part)] ?? NaN).toFixed(3)
    console.log(`${kind}, ${who}: ${at(0.25)} | ${at(0.5)} | ${at(0.75)} | ${at(0.95)} ms`)
  }
}
await close()
await rm(dataDir, { recursive: true })
