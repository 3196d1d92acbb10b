import { createConfig, lintFromString } from '@redocly/openapi-core'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, stateOf, type Answer, type TestBackend } from './support/backend'
import { makePerson, makePhoneNumber, sealedPhone, sealedUserInfo } from './support/people'
import { formWith, pictures } from './support/pictures'

interface Operation {
  operationId: string
  requestBody?: { content: Record<string, unknown> }
  responses: Record<string, { content?: Record<string, unknown> }>
}
interface Document {
  openapi: string
  paths: Record<string, Record<string, Operation>>
}
interface Exchange {
  method: string
  path: string
  json: unknown
  status: number
  type: string
  body: unknown
}

let backend: TestBackend
let document: Document
let ajv: Ajv2020
beforeAll(async () => {
  const scanCode = { page: 'pages/scan', checkPath: false, envVersion: 'release' } as const
  const oauthApps = { 'wechat-web': { appId: 'wx-web', appSecret: 'the-web-secret' } }
  backend = await openTestBackend({ scanCode, oauthApps })
  document = (await (await backend.app.request('/openapi.json')).json()) as Document
  // Formats beside the types and patterns; what is no schema in a document of OpenAPI is not looked at.
  ajv = new Ajv2020({ validateFormats: false, strict: false, allErrors: true })
  ajv.addSchema(document, 'document')
})
afterAll(() => backend.close())

const pathOf = (route: string) => route.replaceAll(/:(\w+)/g, '{$1}')

function operationOf({ method, path }: Pick<Exchange, 'method' | 'path'>) {
  const isOf = (template: string) =>
    new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)
  const template = Object.keys(document.paths).find(isOf) ?? path
  return { template, operation: document.paths[template]?.[method.toLowerCase()] }
}

/** The schema at a place of the document, by the keys that lead there. */
function schemaAt(...keys: string[]): ValidateFunction {
  const pointer = keys.map((key) =>
    encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1')),
  )
  return ajv.compile({ $ref: `document#/${pointer.join('/')}` })
}

/** What the document does not say of the exchange. */
function faultsOf({ method, path, json, status, type, body }: Exchange): string[] {
  const { template, operation } = operationOf({ method, path })
  const place = ['paths', template, method.toLowerCase()]
  const content = operation?.responses[status]?.content
  if (!operation?.responses[status]) return [`${method} ${template}: no answer ${status}`]
  const faults = (validate: ValidateFunction, value: unknown, what: string) =>
    validate(value)
      ? []
      : [`${method} ${template} ${status}, ${what}: ${ajv.errorsText(validate.errors)}`]
  if (!content) return body === undefined ? [] : [`${method} ${template} ${status} has a body`]
  if (!(type in content)) return [`${method} ${template} ${status}: no ${type}`]
  const answer = [...place, 'responses', String(status), 'content', type, 'schema']
  const request = [...place, 'requestBody', 'content', 'application/json', 'schema']
  return [
    ...(type.endsWith('json') ? faults(schemaAt(...answer), body, 'answer') : []),
    ...(json !== undefined && status < 300 ? faults(schemaAt(...request), json, 'request') : []),
  ]
}

describe('the document', () => {
  async function lint(linted: unknown) {
    const config = await createConfig({ extends: ['recommended-strict'] })
    const problems = await lintFromString({ source: JSON.stringify(linted), config })
    return problems.map(({ ruleId }) => ruleId)
  }

  it('is OpenAPI 3.1 without a fault that a linter finds', async () => {
    expect(document.openapi).toMatch(/^3\.1\./)
    expect(await lint(document)).toEqual([])
  })

  it('would be refused with an address whose parameter it does not describe', async () => {
    const { '/me': me, ...paths } = document.paths
    const faulty = { ...document, paths: { ...paths, '/people/{id}': me } }
    expect(await lint(faulty)).toEqual(['path-parameters-defined'])
  })
})

it('describes every route that is served, and no other', () => {
  const served = backend.app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${pathOf(path)}`)
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(described).toContain('GET /avatars/{name}')
  expect([...new Set(served)].sort()).toEqual(described.sort())
})

describe('the answers of the running backend', () => {
  const exchanges: Exchange[] = []

  async function send(
    route: `${string} /${string}`,
    sending: {
      token?: string
      json?: unknown
      form?: FormData
      type?: string
      headers?: Record<string, string>
    } = {},
  ) {
    const [method = '', path = ''] = route.split(' ')
    const { token, json, form, type = 'application/json', headers } = sending
    const response = await backend.app.request(path, {
      method,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'Content-Type': type }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(form && { body: form }),
    })
    const text = await response.text()
    const [answered = ''] = (response.headers.get('Content-Type') ?? '').split(';')
    const body: unknown = answered.endsWith('json') ? JSON.parse(text) : text || undefined
    const exchange = { method, path, json, status: response.status, type: answered, body }
    exchanges.push(exchange)
    return { ...exchange, headers: response.headers, body: (body ?? {}) as Answer['body'] }
  }

  it('are as it says, for each of its operations', async () => {
    const person = makePerson({ unionid: false })
    const code = backend.loginCode(person)
    const { body } = await send('POST /auth/login', { json: { code } })
    const { accessToken: token } = stateOf({ status: 200, headers: new Headers(), body })
    const booking = {
      serviceId: 'family',
      name: '林小雨',
      phone: '13800138000',
      address: '杭州市西湖区',
      date: backend.day(1),
    }
    const picture = formWith({ file: pictures['image/png'] })

    await send('GET /openapi.json')
    await send('GET /services')
    await send('GET /services', { token })
    await send('GET /health/live')
    await send('GET /health/ready')
    await send('GET /me')
    await send('GET /me', { token: 'unknown' })
    await send('GET /me', { token })
    await send('POST /coupons', { token })
    await send('POST /bookings', { token, json: booking })
    await send('POST /auth/login', { json: {} })
    await send('POST /auth/login', { json: '', type: 'text/plain' })
    await send('POST /auth/phone-number', {
      token,
      json: sealedPhone(person, makePhoneNumber(), 'another'),
    })
    const number = makePhoneNumber()
    await send('POST /auth/phone-number', { token, json: sealedPhone(person, number) })
    await send('POST /auth/user-info', { token, json: sealedUserInfo(person, 'union-openapi') })
    await send('POST /auth/user-info', { token, json: { nickname: '' } })
    await send('POST /auth/user-info', { token, json: { nickname: '小雨' } })
    await send('POST /auth/avatar', { token, form: formWith({ file: 'text' }) })
    const uploaded = (await send('POST /auth/avatar', { token, form: picture })).body
    const { avatarUrl } = uploaded.data as { avatarUrl: string }
    await send('POST /auth/user-info', { token, json: { avatarUrl } })
    await send(`GET ${new URL(avatarUrl).pathname as '/'}`)
    await send('GET /avatars/none')
    await send('POST /bookings', { token, json: { ...booking, date: '2001-01-01' } })
    await send('POST /bookings', { token, json: { ...booking, note: '三楼' } })
    await send('GET /bookings', { token })
    await send('POST /coupons', { token })
    await send('GET /me', { token })
    await send('GET /me/phone-number', { token })
    await send('GET /auth/token-state', { token })
    await send('POST /auth/logout', { token })
    const again = await backend.signIn(person)
    await backend.signIn(person, { 'Replaces-Token': again.accessToken })
    await send('POST /auth/user-info', { token: again.accessToken, json: { nickname: '雨' } })
    const { accessToken: current } = await backend.signIn(person)
    const other = await backend.signIn(person)
    const { body: listed } = await send('GET /auth/sessions', { token: current })
    const ended = (listed.data as { id: string; isCurrent: boolean }[]).find(
      (one) => !one.isCurrent,
    )!
    await send(`DELETE /auth/sessions/${ended.id}`, { token: current })
    await send(`DELETE /auth/sessions/${ended.id}`, { token: current })
    await send('DELETE /auth/sessions', { token: current })
    await send('GET /me', { token: other.accessToken })
    await send('DELETE /auth/account', { token: current })

    const phone = makePhoneNumber()
    const sentCode = async (purpose: string) => {
      await send('POST /auth/sms-codes', { json: { phone, purpose } })
      return backend.inbox.at(-1)!.code
    }
    const smsCode = await sentCode('password')
    const password = 'eine lange Losung'
    await send('PUT /auth/password', { json: { phone, smsCode, password } })
    await send('PUT /auth/password', { json: { phone, smsCode, password: 'short' } })
    await send('POST /auth/login', { json: { phone, password } })
    await send('POST /auth/login', { json: { phone, password: `${password}!` } })
    await send('POST /auth/login', { json: { phone, smsCode: await sentCode('login') } })
    const { accessToken: stranger } = await backend.signIn(makePerson())
    const proved = { phone, smsCode: await sentCode('bind') }
    await send('POST /auth/phone-number', { token: stranger, json: proved })
    await send('POST /auth/phone-number', { token: stranger, json: { ...proved, isMine: true } })
    await send('GET /auth/ways', { token: stranger })
    const way = { provider: 'wechat-web', code: 'oauth-code' }
    backend.wechat.script('oauth oauth-code', { openid: 'open-of-the-web' }, { errcode: 40163 })
    await send('POST /auth/ways', { token: stranger, json: way })
    await send('POST /auth/ways', { token: stranger, json: way })
    const { data: own } = (await send('GET /auth/ways', { token: stranger })).body
    const added = (own as { wechat: { id: string; provider: string }[] }).wechat
    const { id: web } = added.find(({ provider }) => provider === 'wechat-web')!
    await send(`DELETE /auth/ways/${web}`, { token: stranger })
    await send('DELETE /auth/ways/password', { token: stranger })
    await send('DELETE /auth/ways/password', { token: stranger })
    await send('DELETE /auth/ways/phone-number', { token: stranger })
    const { data: left } = (await send('GET /auth/ways', { token: stranger })).body
    const [last] = (left as { wechat: { id: string }[] }).wechat
    await send(`DELETE /auth/ways/${last!.id}`, { token: stranger })

    backend.wechat.script('token', { access_token: 't', expires_in: 7200 })
    const create = async () => {
      backend.wechat.script('draw', pictures['image/png'])
      return (await send('POST /auth/scans')).body.data as { id: string; secret: string }
    }
    const [scan, declined] = [await create(), await create()]
    const headers = { 'Scan-Secret': scan.secret }
    await send(`POST /auth/scans/${scan.id}/scanned`, { token: stranger })
    await send(`GET /auth/scans/${scan.id}`, { headers })
    await send(`GET /auth/scans/${scan.id}`)
    await send(`POST /auth/scans/${scan.id}/confirm`, { token: stranger })
    await send(`POST /auth/scans/${declined.id}/scanned`, { token: stranger })
    await send(`POST /auth/scans/${declined.id}/decline`, { token: stranger })
    await send(`POST /auth/scans/${declined.id}/confirm`, { token: stranger })
    await send('POST /auth/login', { json: { scan } })

    expect(exchanges.flatMap(faultsOf)).toEqual([])
  })

  it('have shown the success of each operation', () => {
    const shown = exchanges
      .filter(({ status }) => status < 300)
      .map((exchange) => operationOf(exchange).operation?.operationId)
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    expect([...new Set(shown)].sort()).toEqual(ids.sort())
  })

  it.each<[string, Partial<Exchange>, RegExp]>([
    ['a status that it does not name', { status: 418 }, /no answer 418/],
    ['another media type', { type: 'text/html' }, /no text\/html/],
    ['a member that it does not name', { body: { tokenState: null } }, /answer: /],
    ['a missing member', { body: {} }, /required property 'data'/],
  ])('are refused with %s', (_, changed, fault) => {
    const real = exchanges.find(({ path, status }) => path === '/me' && status === 200)
    expect(faultsOf({ ...real!, ...changed })).toEqual([expect.stringMatching(fault)])
  })
})
