import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { clock } from './clock'

/** An invented WeChat user. */
export interface Person {
  openid: string
  sessionKey: string
  unionid?: string
}

export const appId = 'wx0123456789abcdef'

export function makePerson({ unionid = true } = {}): Person {
  const name = randomBytes(9).toString('hex')
  return {
    openid: `open-${name}`,
    sessionKey: newSessionKey(),
    ...(unionid && { unionid: `union-${name}` }),
  }
}

export function newSessionKey(): string {
  return randomBytes(16).toString('base64')
}

/** A phone number nobody else in the tests has. */
export function makePhoneNumber(): string {
  return `139${String(randomBytes(4).readUInt32BE() % 100_000_000).padStart(8, '0')}`
}

/** What WeChat answers to the person's login code. */
export function loginReply({ openid, sessionKey, unionid }: Person) {
  return { openid, session_key: sessionKey, ...(unionid && { unionid }) }
}

/** A phone number as WeChat sends it, encrypted or for a code. */
export function phoneInfo(number: string, watermarkAppId = appId) {
  return {
    phoneNumber: number,
    purePhoneNumber: number,
    countryCode: '86',
    watermark: watermarkNow(watermarkAppId),
  }
}

/** What the getPhoneNumber button hands out on base libraries below 2.21.2. */
export function sealedPhone(person: Person, number: string, watermarkAppId = appId) {
  return seal(person.sessionKey, phoneInfo(number, watermarkAppId))
}

/** What the getUserInfo button hands out; since 2021-04-28 with the anonymous profile. */
export function sealedUserInfo(
  person: Person,
  unionId: string | undefined,
  watermarkAppId = appId,
  profile: object = { nickName: '微信用户', gender: 0, avatarUrl: '' },
) {
  const rawData = JSON.stringify(profile)
  const signature = createHash('sha1').update(rawData).update(person.sessionKey).digest('hex')
  const watermark = watermarkNow(watermarkAppId)
  const plain = { ...JSON.parse(rawData), openId: person.openid, unionId, watermark }
  return { ...seal(person.sessionKey, plain), rawData, signature }
}

function watermarkNow(appid: string) {
  return { timestamp: Math.floor(clock.now() / 1000), appid }
}

function seal(sessionKey: string, plain: object) {
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), iv)
  const bytes = Buffer.concat([cipher.update(JSON.stringify(plain)), cipher.final()])
  return { encryptedData: bytes.toString('base64'), iv: iv.toString('base64') }
}
