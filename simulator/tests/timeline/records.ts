// Mini-programs as the simulator would record them, written down by a small builder. Times are ms
// since the start; people and places are invented, secrets masked as the host masks them.
import type {
  LifeRecord,
  RequestRecord,
  ServerRecord,
  MiniProgramRecord,
  WechatRecord,
} from '../../src/record'

const began = Date.UTC(2026, 4, 6, 9, 30)

/** One request of a recording. */
export interface WrittenRequest {
  method?: string
  path: string
  at: number
  /** ms in the queue of ten. */
  queued?: number
  /** ms from sending to the end; null: still under way. */
  took?: number | null
  status?: number
  /** Value of `WWW-Authenticate`. */
  challenge?: string
  authorization?: string
  body?: unknown
  answer?: unknown
  interference?: RequestRecord['interference']
  errMsg?: string
}

/** Writes records down, in the order of the calls. */
export function createNotes() {
  const records: MiniProgramRecord[] = []
  let ids = 0
  const id = () => `r${++ids}`
  const note = <Written extends MiniProgramRecord>(record: Written): Written => {
    records.push(record)
    return record
  }
  return {
    records,
    life: (event: LifeRecord['event'], route: string, at: number) =>
      note({ kind: 'life', id: id(), event, route, at: began + at }),
    request: (written: WrittenRequest) => note(requestOf(id(), written)),
    wechat(api: string, at: number, took: number | null, more: Partial<WechatRecord> = {}) {
      const ended = took === null ? {} : { endedAt: began + at + took, errMsg: `${api}:ok` }
      const asked = { isOpenType: false, askedAt: began + at }
      return note({ kind: 'wechat', id: id(), api, ...asked, ...ended, ...more })
    },
    server: (endpoint: string, at: number, took: number, errcode?: number) =>
      note({
        kind: 'server',
        id: id(),
        endpoint,
        startedAt: began + at,
        endedAt: began + at + took,
        ...(errcode !== undefined && { errcode }),
      } satisfies ServerRecord),
    /** `wx.login`, the exchange and the backend's question to WeChat; returns when it ended. */
    login(at: number): number {
      this.wechat('login', at, 22)
      this.request({
        method: 'POST',
        path: '/auth/login',
        at: at + 23,
        took: 61,
        body: { code: '<3f1c09ab>' },
        answer: { tokenState: { accessToken: '<9c27d410>', expiresIn: 7200 } },
      })
      this.server('jscode2session', at + 31, 38)
      return at + 84
    },
  }
}

function requestOf(id: string, written: WrittenRequest): RequestRecord {
  const { method = 'GET', path, at, queued = 1, took = 40, status = 200, challenge } = written
  const { authorization = 'Bearer <9c27d410>', body, interference, errMsg } = written
  const queuedAt = began + at
  const sentAt = queuedAt + queued
  const failed = interference === 'offline' || interference === 'failed' || errMsg !== undefined
  const problem = { type: 'about:blank', title: 'Unauthorized', status, challenges: challenge }
  const answer = written.answer ?? (status === 401 ? problem : { data: { path } })
  const headersAt = sentAt + (took ?? 0) * 0.8
  return {
    kind: 'request',
    id,
    api: 'request',
    method,
    url: `http://127.0.0.1:3000${path}`,
    requestHeaders: { 'content-type': 'application/json', authorization },
    ...(body !== undefined && { requestBody: JSON.stringify(body) }),
    ...(interference && { interference }),
    queuedAt,
    sentAt,
    ...(took !== null && { endedAt: sentAt + took }),
    ...(took !== null &&
      failed && { errMsg: errMsg ?? 'request:fail errcode:-118 cronet_error_code:-118' }),
    ...(took !== null &&
      !failed && {
        status,
        errMsg: 'request:ok',
        headersAt,
        responseHeaders: {
          'content-type': status === 401 ? 'application/problem+json' : 'application/json',
          ...(challenge !== undefined && { 'www-authenticate': challenge }),
        },
        responseBody: JSON.stringify(answer),
      }),
  }
}

/** A first launch: the pages' data, and the login their requests wait for. */
export function guestLaunch(): MiniProgramRecord[] {
  const notes = createNotes()
  notes.life('launch', 'src/pages/home/home', 0)
  notes.life('page', 'src/pages/home/home', 12)
  notes.wechat('login', 30, 24)
  notes.request({ path: '/dishes', at: 55, took: 96, authorization: 'WxLogin <77aa01f2>' })
  notes.server('jscode2session', 64, 41)
  notes.request({ path: '/tables?date=2026-05-08', at: 152, took: 33 })
  notes.life('show', 'src/pages/home/home', 190)
  return notes.records
}

/** A table is booked; the phone number is refused first, then given. */
export function bookingWithPhone(): MiniProgramRecord[] {
  const notes = createNotes()
  notes.life('page', 'src/pages/booking/booking', 0)
  const booking = { name: '林小满', guests: 4, time: '2026-05-08 18:30' }
  const send = (at: number, more: Partial<WrittenRequest>) =>
    notes.request({ method: 'POST', path: '/bookings', at, body: booking, ...more })
  const challenge = "getPhoneNumber reason*=UTF-8''%E7%95%99%E4%BD%8D"
  send(9_400, { took: 38, status: 401, challenge })
  const asked = { isOpenType: true }
  notes.wechat('getPhoneNumber', 11_900, 2_310, {
    ...asked,
    shownAt: began + 11_960,
    errMsg: 'getPhoneNumber:fail user deny',
  })
  notes.wechat('getPhoneNumber', 17_400, 1_840, { ...asked, shownAt: began + 17_450 })
  notes.request({
    method: 'POST',
    path: '/auth/phone-number',
    at: 19_245,
    took: 120,
    body: { code: '<51d0c2ee>' },
    answer: { tokenState: { accessToken: '<9c27d410>', hasPhoneNumber: true, uid: 'u-1' } },
  })
  notes.server('stable_token', 19_256, 30)
  notes.server('getuserphonenumber', 19_290, 52)
  send(19_370, { took: 47, answer: { data: { id: 'b-17', state: 'held' } } })
  return notes.records
}

/** A hundred requests at once with a dead token, through a queue of ten; one login, the replays. */
export function burst(count = 100): MiniProgramRecord[] {
  const notes = createNotes()
  notes.life('page', 'src/pages/coupon/coupon', 0)
  const wave = (index: number) => Math.floor(index / 10) * 24
  for (let index = 0; index < count; index++) {
    const took = 20 + (index % 4)
    const at = 400
    const queued = 1 + wave(index)
    const dead = { authorization: 'Bearer <00d1ead0>', challenge: 'Bearer error="invalid_token"' }
    notes.request({ path: '/coupons', at, queued, took, status: 401, ...dead })
  }
  const ended = notes.login(400 + wave(count - 1) + 26)
  for (let index = 0; index < count; index++) {
    const queued = 1 + wave(index)
    notes.request({ path: '/coupons', at: ended + 1, queued, took: 19 + (index % 5) })
  }
  return notes.records
}

/** The network is away, then breaks once, then is back; one request never ends. */
export function offlineFailures(): MiniProgramRecord[] {
  const notes = createNotes()
  notes.life('page', 'src/pages/home/home', 0)
  notes.request({ path: '/dishes', at: 20, took: 4, interference: 'offline' })
  notes.request({ path: '/dishes', at: 5_200, took: 3, interference: 'offline' })
  notes.request({ path: '/dishes', at: 8_100, took: 260, interference: 'failed' })
  notes.request({ path: '/dishes', at: 9_800, took: 41 })
  notes.wechat('setClipboardData', 10_050, 3)
  notes.request({ path: '/orders', at: 10_400, took: 1_000, errMsg: 'request:fail timeout' })
  notes.request({ path: '/orders/latest', at: 11_500, took: null })
  return notes.records
}

/** The backend answers 401 whatever it is sent: one login, one replay, and it stays at that. */
export function alwaysUnauthorised(): MiniProgramRecord[] {
  const notes = createNotes()
  notes.life('page', 'src/pages/mine/mine', 0)
  const refused = { path: '/me', status: 401, interference: 'unauthorised' } as const
  notes.request({ ...refused, at: 30, took: 18 })
  const ended = notes.login(50)
  notes.request({ ...refused, at: ended + 1, took: 17 })
  return notes.records
}

/** `count` records of a long day: bookings, bursts and logins in turn. */
export function longDay(count: number): MiniProgramRecord[] {
  const stories = [guestLaunch, bookingWithPhone, () => burst(12), offlineFailures]
  const records: MiniProgramRecord[] = []
  for (let round = 0; records.length < count; round++) {
    const shift = round * 60_000
    for (const record of stories[round % stories.length]!()) {
      const moved = Object.entries(record).map(([name, value]: [string, unknown]) => [
        name,
        name === 'id' ? `${round}-${String(value)}` : isTime(name) ? Number(value) + shift : value,
      ])
      records.push(Object.fromEntries(moved) as MiniProgramRecord)
    }
  }
  return records.slice(0, count)
}

const isTime = (name: string) => name === 'at' || name.endsWith('At')
