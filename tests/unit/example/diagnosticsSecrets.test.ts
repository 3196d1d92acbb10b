import { expect, it } from 'vitest'
import { createAuth } from '../../../src/createAuth'
import type { Auth } from '../../../src/auth/auth'
import { harmlessFailure } from '../../../example/diagnostics/harmless'
import { readArrival } from '../../../example/diagnostics/headerCheck'
import { createJournal, type Journal } from '../../../example/diagnostics/journal'
import { writeReport } from '../../../example/diagnostics/report'
import { readSession } from '../../../example/diagnostics/sessionFacts'
import { getSystemInfo } from '../../../src/host/systemInfo'
import { flush } from '../../support/clock'
import { BASE, createHost, type FakeHost } from '../../support/host'
import { KEY } from '../../support/client'

/** Invented, one for each place it could get in from. */
const secrets = {
  token: 'T0ken.Of-Mine_abc',
  newToken: 'N3w-Token.of_mine',
  code: '0a1B2c3D4e5F6g7H8i9J',
  phone: '13900001234',
  nickname: '小满不满',
  openid: 'oABCD1234efgh5678IJKL9012mno',
  sessionKey: 'c2Vzc2lvbi1rZXk9PT0=',
  phoneCode: 'phonecode77aa',
  encrypted: 'ZW5jcnlwdGVkLWRhdGE=',
  reason: '送货上门到梧桐路8号',
}

const all = Object.values(secrets).join(' ')

/** Nothing of them, as they are or percent-encoded. */
function assertHarmless(text: string): void {
  for (const secret of Object.values(secrets)) {
    expect(text).not.toContain(secret)
    expect(text).not.toContain(encodeURIComponent(secret))
  }
}

const dirtyState = (accessToken: string) => ({
  accessToken,
  expiresIn: 7200,
  uid: secrets.openid,
  nickname: secrets.nickname,
  openid: secrets.openid,
  session_key: secrets.sessionKey,
  contact: { phone: secrets.phone, note: secrets.phone },
})

const dirtyHeaders = {
  'WWW-Authenticate': `getPhoneNumber reason="${secrets.phone}", ${secrets.openid} a="${all}"`,
  'Set-Cookie': all,
  'X-Request-Id': secrets.phone,
  [secrets.openid]: all,
}

/** Sign-in with the secrets in every place; what is left is a session and an open prompt. */
async function live(host: FakeHost, journal: Journal): Promise<Auth> {
  const { platform } = journal
  const auth = createAuth({ baseURL: BASE, platform, onWarning: () => undefined })
  journal.follow(auth)
  const { phone, openid, nickname, token, newToken, code } = secrets
  const pathOf = (one: string) => `/users/${encodeURIComponent(one)}`
  for (const one of [phone, openid, nickname, token, code]) {
    void auth
      .request({
        url: `${pathOf(one)}?phone=${phone}#${token}`,
        method: 'POST',
        data: { ...secrets },
        header: { [openid]: all, Cookie: encodeURIComponent(all) },
      })
      .catch(() => undefined)
  }
  for (const call of await host.takeAll('POST')) {
    await call.answer(401, { ...secrets, tokenState: dirtyState(token) }, dirtyHeaders)
  }
  for (const call of await host.takeAll('POST /auth/login')) {
    await call.answer(200, { tokenState: dirtyState(newToken) }, dirtyHeaders)
  }
  for (const call of await host.takeAll('POST')) {
    await call.answer(401, JSON.stringify({ challenges: `getPhoneNumber ${phone}` }), dirtyHeaders)
  }
  const detail = { encryptedData: secrets.encrypted, iv: secrets.sessionKey, rawData: nickname }
  void auth
    .submitPhoneNumber({ ...detail, errMsg: 'getPhoneNumber:ok', code: secrets.phoneCode })
    .catch(() => undefined)
  for (const call of await host.takeAll('POST')) {
    await call.fail('network', { errMsg: `request:fail ${all} https://x/?a=${phone}`, errno: 5 })
  }
  void auth
    .upload({ url: '/auth/avatar', filePath: `wxfile://${openid}`, name: nickname })
    .catch(() => undefined)
  void auth.download({ url: `/files/${openid}.pdf`, filePath: all }).catch(() => undefined)
  for (const call of [...host.onWire]) await call.answer(503, all, dirtyHeaders)
  host.platform.login = () => Promise.reject({ errMsg: `login:fail ${all}`, errno: Number(phone) })
  await auth.login().catch(() => undefined)
  host.platform.send = () => {
    throw new Error(all)
  }
  await auth.request('/throws').catch(() => undefined)
  return auth
}

it('neither journal nor report holds a secret or anything of a person', async () => {
  const host = createHost()
  const state = dirtyState(secrets.token)
  const stored = JSON.stringify({ state, at: host.clock.now() })
  host.storage.set(KEY, stored)
  host.platform.login = () => Promise.resolve(secrets.code)
  const journal = createJournal(host.platform)
  const auth = await live(host, journal)
  const seen = {
    tokenState: auth.tokenState,
    signedOut: auth.signedOut,
    prompt: { kind: 'getUserInfo', reason: secrets.reason, status: 'open' },
  } as const
  expect(seen.tokenState).not.toBeNull()
  const reported = { statusCode: 401, header: dirtyHeaders, data: { ...secrets, challenges: all } }
  await auth.logout()
  await flush()

  const kinds = journal.events.map(({ kind }) => kind)
  for (const kind of ['wechat', 'request', 'prompt', 'session']) {
    expect(kinds).toContain(kind)
  }
  assertHarmless(JSON.stringify(journal.events))
  const report = writeReport({
    baseURL: `https://${secrets.token}@api.example/v1?${secrets.phone}`,
    now: host.clock.now(),
    startedAt: journal.startedAt,
    language: 'en',
    phone: { system: getSystemInfo(), wechatVersion: '8.0.50', networkType: 'wifi' },
    headers: {
      ...readArrival({ ...reported, profile: { protocol: all } }),
      failure: harmlessFailure({ errMsg: all }),
    },
    session: readSession(seen, stored, host.clock.now()),
    burst: { count: 20, succeeded: 19, logins: 2, duration: 100 },
    events: journal.events,
  })
  expect(report).toContain('WWW-Authenticate: WWW-Authenticate (string)')
  expect(report).toContain('Open prompt: getUserInfo, open')
  assertHarmless(report)
})
