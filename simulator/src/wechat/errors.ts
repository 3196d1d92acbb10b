import { randomBytes } from 'node:crypto'

/** What WeChat says with its error codes (WeChat: 全局错误码, and the endpoints' own pages). */
const messages = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40066: 'invalid url',
  40097: 'invalid args',
  40125: 'invalid appsecret',
  40129: 'invalid scene',
  40163: 'code been used',
  40164: 'invalid ip, not in whitelist',
  40169: 'invalid length for scene, or the data is not json string',
  40226: 'code blocked',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  41030: 'invalid page',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  44002: 'empty post data',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  47001: 'data format error',
  48001: 'api unauthorized',
  50002: 'user limited',
  87008: 'invalid sig_method',
  87009: 'invalid signature',
} as const

/** An error code that the stand-in knows; `-1` is WeChat being busy. */
export type Errcode = keyof typeof messages

export const isErrcode = (code: number): code is Errcode => Object.hasOwn(messages, code)

/** WeChat refuses: the HTTP status stays 200, the body says why. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  constructor(readonly errcode: Errcode) {
    super(messages[errcode])
  }
}

/**
 * The body of a refusal. Like WeChat's, its errmsg ends in a request id that differs each time, so
 * that nobody comes to compare errmsg; only under /sns does a comma come before it.
 */
export function refusalBody({ errcode, message }: Refusal, path: string, now: number) {
  const comma = path.startsWith('/sns/') ? ',' : ''
  const seconds = Math.floor(now / 1000).toString(16)
  const chance = () => randomBytes(4).toString('hex')
  return { errcode, errmsg: `${message}${comma} rid: ${seconds}-${chance()}-${chance()}` }
}
