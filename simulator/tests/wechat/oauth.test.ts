import { describe, expect, test } from 'vitest'
import { oauthApps, useStandIn, type Body } from './standIn'

const minute = 60_000
const standIn = useStandIn()
const { control } = standIn
const [official, web, mobile] = oauthApps
const redirectUri = 'http://localhost:5173/h5/?page=a#/pages/index'
const state = 'x'.repeat(128)

interface Asking {
  path?: 'oauth2/authorize' | 'qrconnect'
  changes?: Record<string, string>
  /** Presses a button of the page. */
  form?: Record<string, string>
}

/** Opens the page in a browser, which follows no redirect. */
async function open({ path = 'oauth2/authorize', changes, form }: Asking) {
  const isOfficial = path === 'oauth2/authorize'
  const query = new URLSearchParams({
    appid: (isOfficial ? official : web).appId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: isOfficial ? 'snsapi_userinfo' : 'snsapi_login',
    state,
    ...changes,
  })
  const response = await fetch(`${standIn.url}/connect/${path}?${query}`, {
    redirect: 'manual',
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  })
  const location = response.headers.get('location')
  return { status: response.status, text: await response.text(), location }
}

/** The code of a user who allows it. */
async function allowed(asking: Asking = {}, person = 'lin'): Promise<string> {
  const { location } = await open({ ...asking, form: { person, answer: 'allow' } })
  return new URL(location!).searchParams.get('code')!
}

const exchange = (code: string, changes: Record<string, string> = {}): Promise<Body> =>
  standIn.get('/sns/oauth2/access_token', {
    appid: official.appId,
    secret: official.appSecret,
    code,
    grant_type: 'authorization_code',
    ...changes,
  })

const refused = (errcode: number) => ({ errcode, errmsg: expect.stringMatching(/, rid: [\w-]+$/) })

describe('the pages that ask', () => {
  test('lead back with code and state, in front of the fragment, once the user allows it', async () => {
    const { text } = await open({})
    expect(text).toContain('snsapi_userinfo')
    const { status, location } = await open({ form: { person: 'lin', answer: 'allow' } })
    const { searchParams, hash, pathname } = new URL(location!)
    expect(status).toBe(302)
    expect({ pathname, hash }).toEqual({ pathname: '/h5/', hash: '#/pages/index' })
    expect(Object.fromEntries(searchParams)).toEqual({ page: 'a', code: expect.any(String), state })
  })

  test('ask nobody with snsapi_base', async () => {
    const { status, location } = await open({ changes: { scope: 'snsapi_base' } })
    expect(status).toBe(302)
    expect(new URL(location!).searchParams.get('code')).toBeTruthy()
  })

  test('lead nowhere when the user declines', async () => {
    const { status, location } = await open({ form: { person: 'lin', answer: 'decline' } })
    expect({ status, location }).toEqual({ status: 200, location: null })
  })

  test('show what an app calls itself as text', async () => {
    await control('web-user', { person: '<b>"lin"</b>' })
    expect((await open({})).text).not.toContain('<b>')
  })

  test.each<[number, Asking]>([
    [10012, { changes: { appid: '' } }],
    [10016, { changes: { appid: web.appId } }],
    [10016, { path: 'qrconnect', changes: { appid: official.appId } }],
    [10016, { changes: { appid: mobile.appId } }],
    [10011, { changes: { redirect_uri: '' } }],
    [10003, { changes: { redirect_uri: 'https://elsewhere.example/' } }],
    [10003, { changes: { redirect_uri: 'https://localhost.elsewhere.example/' } }],
    [10003, { changes: { redirect_uri: 'ftp://localhost/' } }],
    [10003, { changes: { redirect_uri: 'index.html' } }],
    [10010, { changes: { scope: '' } }],
    [10005, { changes: { scope: 'snsapi_login' } }],
    [10005, { path: 'qrconnect', changes: { scope: 'snsapi_userinfo' } }],
    [10008, { changes: { response_type: 'token' } }],
    [10008, { changes: { state: `${state}x` } }],
    [10008, { changes: { state: '码'.repeat(43) } }],
  ])('show fault %i for %o, and lead nowhere', async (fault, asking) => {
    const forms = [undefined, { person: 'lin', answer: 'allow' }]
    for (const form of forms) {
      const { text, location } = await open({ ...asking, ...(form && { form }) })
      expect(text).toContain(`（${fault}）`)
      expect(location).toBeNull()
    }
  })
})

describe('access_token', () => {
  test('returns openid and unionid for a code of snsapi_userinfo', async () => {
    const { openid, unionid } = await control('person', { person: 'lin' })
    const granted = await exchange(await allowed())
    expect(granted).toEqual({
      access_token: expect.any(String),
      expires_in: 7200,
      refresh_token: expect.any(String),
      openid: expect.stringMatching(/^o[\w-]{27}$/),
      scope: 'snsapi_userinfo',
      unionid,
    })
    expect(granted.openid).not.toBe(openid)
  })

  test('returns the same openid each time, and no unionid with snsapi_base', async () => {
    await control('web-user', { person: 'lin' })
    const { location } = await open({ changes: { scope: 'snsapi_base' } })
    const base = await exchange(new URL(location!).searchParams.get('code')!)
    expect(base).not.toHaveProperty('unionid')
    expect((await exchange(await allowed())).openid).toBe(base.openid)
  })

  test('returns somebody who does not exist for a snapshot of the page', async () => {
    const { unionid } = await control('person', { person: 'lin' })
    const real = await exchange(await allowed())
    await control('web-user', { person: 'lin', isSnapshot: true })
    const snapshot = await exchange(await allowed())
    expect(snapshot.is_snapshotuser).toBe(1)
    expect([real.openid, unionid]).not.toContain(snapshot.openid)
    expect(snapshot.unionid).not.toBe(unionid)
  })

  test('serves websites and apps by the same users', async () => {
    const { unionid } = await control('person', { person: 'lin' })
    const ofWeb = { appid: web.appId, secret: web.appSecret }
    const onWeb = await exchange(await allowed({ path: 'qrconnect' }), ofWeb)
    const grant = { person: 'lin', appId: mobile.appId, scope: 'snsapi_userinfo' }
    const { code } = await control('oauth-code', grant)
    const ofMobile = { appid: mobile.appId, secret: mobile.appSecret }
    const onMobile = await exchange(String(code), ofMobile)
    expect([onWeb.unionid, onMobile.unionid]).toEqual([unionid, unionid])
    expect(onWeb.openid).not.toBe(onMobile.openid)
  })

  test('answers 40163 to a code that was used', async () => {
    const code = await allowed()
    await exchange(code)
    expect(await exchange(code)).toEqual(refused(40163))
  })

  test.each([
    ['an official account', 5, 'oauth2/authorize', official],
    ['a website', 10, 'qrconnect', web],
  ] as const)('takes a code of %s for %i minutes', async (_, minutes, path, app) => {
    const credentials = { appid: app.appId, secret: app.appSecret }
    const [inTime, late] = [await allowed({ path }), await allowed({ path })]
    standIn.advance(minutes * minute - 1)
    expect(await exchange(inTime, credentials)).toHaveProperty('openid')
    standIn.advance(1)
    expect(await exchange(late, credentials)).toEqual(refused(40029))
  })

  test.each<[number, Record<string, string>]>([
    [40002, { grant_type: 'client_credential' }],
    [40013, { appid: 'wxffffffffffffffff' }],
    [40029, { code: 'a-code-nobody-issued' }],
    [40029, { appid: web.appId, secret: web.appSecret }],
    [40125, { secret: 'wrong' }],
    [41002, { appid: '' }],
    [41004, { secret: '' }],
    [41008, { code: '' }],
  ])('answers %i to %o, and uses no code up', async (errcode, changes) => {
    const code = await allowed()
    expect(await exchange(code, changes)).toEqual(refused(errcode))
    expect(await exchange(code)).toHaveProperty('openid')
  })
})
