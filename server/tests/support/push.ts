import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import type { TestBackend } from './backend'
import { appId } from './people'

export const pushToken = 'tokenOfTheConsole'
/** As the console shows it: base64 of 32 bytes without its last `=`. */
export const pushAesKey = randomBytes(32).toString('base64').slice(0, 43)

/** The members of an event of WeChat's, but for its time. */
export interface PushedEvent {
  Event: string
  OpenID?: string
  RevokeInfo?: string
  AppID?: string
}

/** One request of WeChat's message push. */
export interface Push {
  query: Record<string, string>
  body: string | Buffer
}

interface Sealing {
  /** In s. */
  timestamp: number
  token?: string
  /** The AppID at the end of what is encrypted. */
  sealedFor?: string
}

/** The message as JSON (the data format of WeChat's console). */
export function pushJson(event: PushedEvent, createTime: number): string {
  return JSON.stringify({ ...envelope, CreateTime: createTime, ...event })
}

/** The message as XML, the console's default. */
export function pushXml(event: PushedEvent, createTime: number): string {
  const members = Object.entries({ ...envelope, ...event })
  const xml = members.map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>\n`)
  return `<xml>\n${xml.join('')}<CreateTime>${createTime}</CreateTime>\n</xml>`
}

const envelope = {
  ToUserName: 'gh_870882ca4b1',
  FromUserName: 'owAqB1v0ahK_Xlc7GshIDdf2yf7E',
  MsgType: 'event',
  AppID: appId,
}

/** The message in plain mode. */
export function plainPush(message: string, { timestamp, token = pushToken }: Sealing): Push {
  const stamp = { timestamp: String(timestamp), nonce: nonce() }
  return { query: { ...stamp, signature: sign(token, ...Object.values(stamp)) }, body: message }
}

/** The message in safe mode; in compatible mode its plain members come besides. */
export function safePush(message: string, sealing: Sealing, plainMembers: object = {}): Push {
  const { timestamp, token = pushToken, sealedFor = appId } = sealing
  const Encrypt = encrypt(message, sealedFor)
  const stamp = { timestamp: String(timestamp), nonce: nonce() }
  const signature = sign(token, ...Object.values(stamp))
  const msg_signature = sign(token, ...Object.values(stamp), Encrypt)
  const isXml = message.startsWith('<')
  return {
    query: { ...stamp, signature, encrypt_type: 'aes', msg_signature },
    body: isXml
      ? `<xml><ToUserName><![CDATA[gh_870882ca4b1]]></ToUserName><Encrypt><![CDATA[${Encrypt}]]></Encrypt></xml>`
      : JSON.stringify({ ToUserName: 'gh_870882ca4b1', Encrypt, ...plainMembers }),
  }
}

/** Another body under the same address, signed anew as what is encrypted demands. */
export function resigned({ query }: Push, encrypted: string): Push {
  const { timestamp = '', nonce = '' } = query
  return {
    query: { ...query, msg_signature: sign(pushToken, timestamp, nonce, encrypted) },
    body: JSON.stringify({ Encrypt: encrypted }),
  }
}

export function encryptedOf({ body }: Push): string {
  return (JSON.parse(body.toString()) as { Encrypt: string }).Encrypt
}

/** Sends it as WeChat does; the answer is its status and its text. */
export async function sendPush({ app }: TestBackend, { query, body }: Push) {
  const address = `/wechat/push?${new URLSearchParams(query)}`
  const response = await app.request(address, { method: 'POST', body })
  return { status: response.status, text: await response.text() }
}

function encrypt(message: string, sealedFor: string): string {
  const size = Buffer.alloc(4)
  const bytes = Buffer.from(message)
  size.writeUInt32BE(bytes.length)
  const content = Buffer.concat([randomBytes(16), size, bytes, Buffer.from(sealedFor)])
  const padding = 32 - (content.length % 32)
  const key = Buffer.from(pushAesKey, 'base64')
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([content, Buffer.alloc(padding, padding)])
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}

function sign(...parts: string[]): string {
  return createHash('sha1').update(parts.sort().join('')).digest('hex')
}

function nonce(): string {
  return String(randomBytes(4).readUInt32BE())
}
