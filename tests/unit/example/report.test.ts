import { afterEach, expect, it, vi } from 'vitest'
import { copyText } from '../../../example/diagnostics/copyText'
import { checkHeaders, readArrival } from '../../../example/diagnostics/headerCheck'
import type { EventDetails } from '../../../example/diagnostics/journalEvents'
import { lineOf } from '../../../example/diagnostics/lines'
import { readPhone } from '../../../example/diagnostics/phoneFacts'
import { writeReport } from '../../../example/diagnostics/report'
import { sectionsOf, type Known } from '../../../example/diagnostics/sections'
import { readSession } from '../../../example/diagnostics/sessionFacts'
import { diagnosticsTexts, en } from '../../../example/diagnostics/texts'

const zh = diagnosticsTexts.value

/** A section, with nothing known but this. */
function sectionOf(id: string, known: Partial<Known>, texts = en) {
  const nobody = readSession({ tokenState: null, signedOut: false, prompt: null }, undefined, 0)
  const nothing = { phone: undefined, headers: undefined, burst: undefined, events: [] }
  const sections = sectionsOf({ ...nothing, language: 'en', session: nobody, ...known }, texts)
  const section = sections.find((one) => one.id === id)
  if (!section) throw new Error(`no section ${id}`)
  return section
}

interface Callbacks {
  success?(result: object): void
  fail?(failure: object): void
}

/** A host that has only this function. */
function stubUni(functions: Record<string, (options: Callbacks) => void>): void {
  vi.stubGlobal('uni', functions)
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

it.each<[string, unknown, string]>([
  ['lower case', { 'www-authenticate': 'WxLogin' }, 'www-authenticate (string)'],
  ['a host of its own spelling', { 'Www-Authenticate': 'WxLogin' }, 'Www-Authenticate (string)'],
  ['an array', { 'WWW-Authenticate': ['WxLogin', 'Bearer'] }, 'WWW-Authenticate (array)'],
  [
    'two spellings at once',
    { 'WWW-Authenticate': 'WxLogin', 'www-authenticate': 'WxLogin' },
    'WWW-Authenticate (string), www-authenticate (string)',
  ],
  ['no header', { 'content-type': 'application/json' }, 'Missing'],
  ['no headers at all', undefined, 'Missing'],
])('reports how a header arrived: %s', (_, header, value) => {
  const headers = readArrival({ statusCode: 401, header })
  const { facts } = sectionOf('headers', { headers })
  const fact = facts.find(({ label }) => label === 'WWW-Authenticate')
  expect(fact?.value).toContain(value)
  expect(fact?.isBad === true).toBe(value === 'Missing')
})

it('says of a missing challenge whether the body has a copy', () => {
  const shown = (data?: unknown) => {
    const headers = readArrival({ statusCode: 401, header: {}, data })
    return JSON.stringify(sectionOf('headers', { headers }))
  }
  expect(shown()).toContain('The body has no copy')
  expect(shown({ challenges: 'WxLogin' })).toContain('The body has a copy of it')
})

it('asks for the headers without credentials, and reports the protocol', async () => {
  const asked: object[] = []
  stubUni({
    request(options) {
      asked.push(options)
      const header = { 'WWW-Authenticate': 'WxLogin' }
      options.success?.({ statusCode: 401, header, profile: { protocol: 'h2' } })
    },
  })
  const check = await checkHeaders('https://api.example')
  expect(asked).toMatchObject([{ url: 'https://api.example/auth/token-state' }])
  expect(asked[0]).not.toHaveProperty('header')
  expect(check).toMatchObject({ status: 401, protocol: 'h2', schemes: ['WxLogin'] })
})

it('says that there was no answer: refused, thrown, silent', async () => {
  const errMsg = 'request:fail url not in domain list'
  stubUni({ request: ({ fail }) => fail?.({ errMsg, errno: 600002 }) })
  const headers = await checkHeaders('https://api.example')
  expect(sectionOf('headers', { headers }).facts).toEqual([
    {
      label: 'Status (should be 401)',
      value: 'No answer, errno 600002, url not in domain list',
      isBad: true,
    },
  ])
  stubUni({})
  expect((await checkHeaders('https://api.example')).status).toBeUndefined()
  vi.useFakeTimers()
  stubUni({ request: () => undefined })
  const silent = checkHeaders('https://api.example')
  await vi.advanceTimersByTimeAsync(11_000)
  expect((await silent).failure).toEqual({ words: 'timeout' })
})

it.each<[string, Record<string, unknown>, string]>([
  ['agreed', {}, 'copied'],
  ['refused privacy terms, by number', { errno: 104, errMsg: 'x' }, 'privacyRefused'],
  [
    'refused privacy terms, by text',
    { errMsg: 'setClipboardData:fail privacy permission is not authorized' },
    'privacyRefused',
  ],
  [
    'an undeclared interface',
    { errno: 112, errMsg: 'api scope is not declared in the privacy agreement' },
    'notCopied',
  ],
  ['another failure', { errMsg: 'setClipboardData:fail' }, 'notCopied'],
])('copying: %s', async (_, failure, outcome) => {
  stubUni({
    setClipboardData: ({ success, fail }) =>
      failure.errMsg ? fail?.(failure) : success?.({ errMsg: 'setClipboardData:ok' }),
  })
  expect(await copyText('report')).toBe(outcome)
})

it('copies nothing where the host cannot, and says so', async () => {
  stubUni({})
  expect(await copyText('report')).toBe('notCopied')
})

it('asks the phone for what it is, and survives a host that reports nothing', async () => {
  stubUni({ getNetworkType: ({ success }) => success?.({ networkType: '5g' }) })
  expect(await readPhone()).toMatchObject({ networkType: '5g', wechatVersion: '' })
  stubUni({})
  const { networkType, system } = await readPhone()
  expect(networkType).toBe('')
  expect(system.problems).toContain('model')
})

it('reports all of the session but its token and whose it is', () => {
  const tokenState = {
    accessToken: 'secret.token',
    expiresIn: 7200,
    hasPhoneNumber: true,
    uid: '0b9e8f2a-0c1d-4e5f-8a9b-0c1d2e3f4a5b',
    version: 3,
    isMember: true,
    level: 7,
    greeting: '小满你好',
  }
  const stored = JSON.stringify({ state: tokenState, at: 1_000_000 })
  expect(readSession({ tokenState, signedOut: false, prompt: null }, stored, 1_060_000)).toEqual({
    hasToken: true,
    expiresIn: 7200,
    remaining: 7140,
    hasUserInfo: false,
    hasPhoneNumber: true,
    version: 3,
    isSignedOut: false,
    prompt: null,
  })
})

it.each<[EventDetails, string, string]>([
  [
    {
      kind: 'request',
      method: 'GET',
      path: '/bookings',
      signed: 'token',
      token: 2,
      isAgain: true,
      outcome: 'answered',
      status: 401,
      challenges: ['getPhoneNumber'],
      duration: 87,
    },
    'GET /bookings [token 2 · again after 401] → 401 getPhoneNumber · 87 ms',
    'GET /bookings [口令 2 · 401 后再发] → 401 getPhoneNumber · 87 ms',
  ],
  [
    { kind: 'wechat', call: 'login', outcome: 'failed', errno: 5, words: 'timeout', duration: 9 },
    'wx.login → failed (errno 5, timeout) · 9 ms',
    'wx.login → 失败 (errno 5, timeout) · 9 ms',
  ],
  [
    { kind: 'wechat', call: 'checkSession', outcome: 'answered', duration: 9 },
    'wx.checkSession → dead · 9 ms',
    'wx.checkSession → 已失效 · 9 ms',
  ],
  [
    { kind: 'session', change: 'signedIn', token: 1, hasUserInfo: true, hasPhoneNumber: true },
    'logged in [token 1] + user info + phone number',
    '已登录 [口令 1] + 用户信息 + 手机号',
  ],
  [
    { kind: 'prompt', change: 'failed', prompt: 'getPhoneNumber', error: 'prompt_denied' },
    'prompt getPhoneNumber failed prompt_denied',
    '授权提示 getPhoneNumber 失败 prompt_denied',
  ],
  [{ kind: 'app', change: 'background' }, 'to the background', '进入后台'],
])('an event can be read in both languages', (details, english, chinese) => {
  const event = { ...details, id: 1, at: 12_345 }
  expect(lineOf(event, en)).toMatchObject({ label: '12.345', value: english })
  expect(lineOf(event, zh).value).toBe(chinese)
})

it('says in a sentence what came of a burst', () => {
  const result = { count: 20, succeeded: 20, logins: 1, duration: 9 }
  expect(sectionOf('burst', { burst: result }, zh)).toMatchObject({
    verdict: '符合预期：全部成功，只登录了 1 次。',
    isBad: false,
  })
  expect(sectionOf('burst', { burst: { ...result, succeeded: 18 } })).toMatchObject({
    verdict: expect.stringContaining('Not as it should be'),
    facts: [{ value: '18 / 20', isBad: true }, { isBad: false }, {}],
  })
  expect(sectionOf('burst', { burst: { ...result, logins: 3 } })).toMatchObject({
    isBad: true,
    facts: [{ isBad: false }, { value: '3', isBad: true }, {}],
  })
})

it('writes a report where nothing is known yet, and marks what is wrong', async () => {
  stubUni({})
  const report = writeReport({
    baseURL: 'https://api.example/v1',
    now: Date.UTC(2026, 0, 1),
    startedAt: NaN,
    language: 'zh-Hans',
    phone: await readPhone(),
    headers: undefined,
    session: readSession({ tokenState: null, signedOut: true, prompt: null }, undefined, 0),
    burst: undefined,
    events: [{ kind: 'session', change: 'ended', id: 1, at: 5 }],
  })
  expect(report).toContain('written 2026-01-01T00:00:00.000Z, watched since NaN')
  expect(report).toMatch(/^ *! Not reported by the host: .*windowWidth/m)
  expect(report).toContain('Not yet')
  expect(report).toContain('Logged out by the user: Yes')
  expect(report).toContain('! 0.005: session ended')
})
