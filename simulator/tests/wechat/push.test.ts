import { createDecipheriv } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { signPush } from '../../src/wechat/crypto'
import { readBody, serveHttp } from '../support/fixture'
import { appId, send, useStandIn, type Body } from './standIn'

const standIn = useStandIn()
const { control } = standIn
const token = 'tokenOfTheConsole'
const encodingAesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

/** One request as the backend got it. */
interface Heard {
  method: string | undefined
  query: Record<string, string>
  body: string
}

/** What the backend answers, in order, then `success`; null: it drops the connection. */
type Answer = [status: number, text: string] | null

let backend: { url: string; close(): Promise<void> }
let heard: Heard[]
let answers: Answer[]

beforeEach(async () => {
  heard = []
  answers = []
  backend = await serveHttp((request, response) => {
    void readBody(request).then((body) => {
      const { searchParams } = new URL(request.url ?? '', 'http://backend')
      const query = Object.fromEntries(searchParams)
      heard.push({ method: request.method, query, body })
      if (query.echostr !== undefined) return response.end(query.echostr)
      const answer = answers.length > 0 ? answers.shift() : ([200, 'success'] as const)
      if (!answer) return request.socket.destroy()
      return response.writeHead(answer[0]).end(answer[1])
    })
  })
})
afterEach(() => backend.close())

const setAddress = (more: object = {}) =>
  control('push-address', { url: backend.url, token, ...more })
const revoke = { person: 'lin', event: 'user_authorization_revoke', revokeInfo: 8 }

async function complaint(path: string, body: object): Promise<[number, unknown]> {
  const response = await send(`${standIn.url}/_control/${path}`, body)
  return [response.status, ((await response.json()) as Body).error]
}

function openSealed(encrypted: string): { message: string; appId: string } {
  const key = Buffer.from(encodingAesKey, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()])
  const end = 20 + plain.readUInt32BE(16)
  const padding = plain.at(-1) ?? 0
  return {
    message: plain.toString('utf8', 20, end),
    appId: plain.toString('utf8', end).slice(0, -padding),
  }
}

describe('the address of the message push', () => {
  test('is checked as the console checks it', async () => {
    await setAddress()
    const { method, query } = heard[0]!
    const { timestamp = '', nonce = '', signature, echostr } = query
    expect(method).toBe('GET')
    expect(echostr).toMatch(/^\d+$/)
    expect(timestamp).toBe(String(standIn.now() / 1000))
    expect(signature).toBe(signPush(token, timestamp, nonce))
  })

  test('is not taken where something else answers', async () => {
    const url = `${standIn.url}/_control/calls`
    const other = await serveHttp((_, response) => void response.end('<html>'))
    expect(await complaint('push-address', { url: other.url, token })).toEqual([
      502,
      `not the string that was sent: ${other.url}`,
    ])
    await other.close()
    expect((await complaint('push-address', { url, token: 'a b' }))[0]).toBe(400)
    expect(await complaint('push', revoke)).toEqual([502, 'no address for the message push is set'])
  })
})

describe('a push', () => {
  test('is XML, and plain without a key', async () => {
    await setAddress()
    const { openid } = await control('person', { person: 'lin' })
    expect(await control('push', revoke)).toEqual({ attempts: 1 })
    const { query, body } = heard.at(-1)!
    expect(query.signature).toBe(signPush(token, query.timestamp ?? '', query.nonce ?? ''))
    expect(query).not.toHaveProperty('encrypt_type')
    expect(body).toContain('<Event><![CDATA[user_authorization_revoke]]></Event>')
    expect(body).toContain(`<OpenID><![CDATA[${String(openid)}]]></OpenID>`)
    expect(body).toContain('<RevokeInfo><![CDATA[8]]></RevokeInfo>')
    expect(body).toContain(`<CreateTime>${standIn.now() / 1000}</CreateTime>`)
  })

  test('is JSON where that was chosen, and encrypted with a key', async () => {
    await setAddress({ encodingAesKey, format: 'json' })
    const { openid } = await control('person', { person: 'lin' })
    await control('push', { person: 'lin', event: 'user_authorization_cancellation' })
    const { query, body } = heard.at(-1)!
    const { Encrypt } = JSON.parse(body) as { Encrypt: string }
    const { timestamp = '', nonce = '' } = query
    expect(query).toMatchObject({
      openid,
      encrypt_type: 'aes',
      msg_signature: signPush(token, timestamp, nonce, Encrypt),
    })
    const opened = openSealed(Encrypt)
    expect(opened.appId).toBe(appId)
    expect(JSON.parse(opened.message)).toEqual({
      ToUserName: expect.any(String) as string,
      FromUserName: expect.any(String) as string,
      CreateTime: standIn.now() / 1000,
      MsgType: 'event',
      Event: 'user_authorization_cancellation',
      OpenID: openid,
      AppID: appId,
    })
  })

  test('is repeated until the backend answers success, the same event under another signature', async () => {
    await setAddress({ format: 'json' })
    answers = [[500, ''], null, [200, 'thanks']]
    expect(await control('push', revoke)).toEqual({ attempts: 4 })
    const pushes = heard.slice(1)
    expect(new Set(pushes.map(({ body }) => body)).size).toBe(1)
    expect(new Set(pushes.map(({ query }) => query.signature)).size).toBe(4)
  })

  test('is given up after three repetitions, and the answer says why', async () => {
    await setAddress()
    answers = Array.from({ length: 4 }, () => [403, 'no'])
    expect(await complaint('push', revoke)).toEqual([
      502,
      `the backend answered 403: ${backend.url}`,
    ])
    expect(heard).toHaveLength(1 + 4)
  })

  test('that the backend takes with nothing is not repeated', async () => {
    await setAddress()
    answers = [[200, '']]
    expect(await control('push', revoke)).toEqual({ attempts: 1 })
  })
})
