// WeChat's message push: what WeChat's servers report to a backend (WeChat: 消息推送, 授权用户信息变更).
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { sealPush, signPush } from './crypto'
import type { Person } from './people'
import type { PushEvent } from './pushEvent'

/** WeChat hangs up after 5 s, and repeats a message three times. */
const timeLimit = 5_000
const attempts = 4

/** What is entered in WeChat's console for the message push. */
export const pushAddress = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  token: z.string().regex(/^[\da-z]{3,32}$/i),
  /** With it messages are encrypted (the safe mode), without it they are plain. */
  encodingAesKey: z
    .string()
    .regex(/^[\da-z]{43}$/i)
    .exactOptional(),
  /** XML is the console's default. */
  format: z.enum(['xml', 'json']).default('xml'),
})

/** See `pushAddress`. */
export type PushAddress = z.input<typeof pushAddress>

/** The backend cannot be pushed to, or did not take the push. */
export class PushError extends Error {
  override readonly name = 'PushError'
}

/** Pushes to the backend of one mini-program. Its promises reject with PushError. */
export interface Push {
  /** Checks the address as WeChat's console does when it is submitted, and pushes to it from now on. */
  setAddress(address: PushAddress): Promise<void>
  /** Resolves with how many attempts it took until the backend answered `success`. */
  push(person: Person, event: PushEvent): Promise<{ attempts: number }>
}

/** `now` is in ms. */
export function createPush(appId: string, now: () => number): Push {
  let address: z.output<typeof pushAddress> | undefined
  const seconds = () => String(Math.floor(now() / 1000))

  /** Signed anew for each attempt. */
  function queryOf(token: string, more: Record<string, string>, encrypted?: string) {
    const timestamp = seconds()
    const nonce = String(randomBytes(4).readUInt32BE())
    const signature = signPush(token, timestamp, nonce)
    const encryption = encrypted !== undefined && {
      encrypt_type: 'aes',
      msg_signature: signPush(token, timestamp, nonce, encrypted),
    }
    return new URLSearchParams({ signature, timestamp, nonce, ...more, ...encryption })
  }

  return {
    async setAddress(given) {
      const entered = pushAddress.parse(given)
      const echostr = String(randomBytes(6).readUIntBE(0, 6))
      const answer = await ask(`${entered.url}?${queryOf(entered.token, { echostr })}`)
      if (answer !== echostr) throw new PushError(`not the string that was sent: ${entered.url}`)
      address = entered
    },

    async push({ openid }, { event, revokeInfo }) {
      if (!address) throw new PushError('no address for the message push is set')
      const { url, token, encodingAesKey, format } = address
      const message = write(format, {
        ToUserName: 'gh_0123456789ab',
        // WeChat's own service, the same for all users.
        FromUserName: 'oStandInOfTheMessagePush0000',
        CreateTime: Number(seconds()),
        MsgType: 'event',
        Event: event,
        OpenID: openid,
        AppID: appId,
        ...(revokeInfo !== undefined && { RevokeInfo: String(revokeInfo) }),
      })
      for (let attempt = 1; ; attempt += 1) {
        const Encrypt = encodingAesKey && sealPush(message, appId, encodingAesKey)
        const body = Encrypt ? write(format, { ToUserName: 'gh_0123456789ab', Encrypt }) : message
        const headers = { 'content-type': format === 'xml' ? 'text/xml' : 'application/json' }
        try {
          const query = queryOf(token, { openid }, Encrypt)
          const answer = await ask(`${url}?${query}`, { method: 'POST', headers, body })
          if (answer === 'success' || answer === '') return { attempts: attempt }
          throw new PushError(`neither success nor nothing: ${url}`)
        } catch (error) {
          if (attempt === attempts) throw error
        }
      }
    },
  }
}

/** The text of the backend's answer. */
async function ask(url: string, request: RequestInit = {}): Promise<string> {
  const address = url.split('?')[0]
  const signal = AbortSignal.timeout(timeLimit)
  const answer = await fetch(url, { ...request, signal }).catch((cause: unknown) => {
    throw new PushError(`the backend does not answer: ${address}`, { cause })
  })
  if (!answer.ok) throw new PushError(`the backend answered ${answer.status}: ${address}`)
  return answer.text()
}

function write(format: 'xml' | 'json', members: Record<string, string | number>): string {
  if (format === 'json') return JSON.stringify(members)
  const lines = Object.entries(members).map(([name, value]) =>
    typeof value === 'number'
      ? `<${name}>${value}</${name}>`
      : `<${name}><![CDATA[${value}]]></${name}>`,
  )
  return `<xml>${lines.join('\n')}</xml>`
}
