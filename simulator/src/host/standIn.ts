import { setTimeout } from 'node:timers/promises'
import type { ServerRecord } from '../record'
import type { ServerCall } from '../wechat/callLog'
import type { UnionidVisibility } from '../wechat/people'
import type { PushEvent } from '../wechat/pushEvent'
import type { Inbox } from '../workbenchWire'

/** How long the stand-in may take for one answer, in ms. */
const timeLimit = 5_000
/** The same for a push, which waits for the backend four times 5 s. */
const pushLimit = 25_000

/** What the stand-in for WeChat's servers hands out for a person, over its control API. */
export interface StandIn {
  /** A login code: 5 minutes, single use. */
  loginCode(person: string): Promise<{ code: string }>
  /** The code of the phone-number button. */
  phoneCode(person: string): Promise<{ code: string }>
  /** The encrypted phone number. */
  phoneData(person: string): Promise<{ encryptedData: string; iv: string }>
  /** What the getUserInfo button returns; `own` profiles are of old base libraries only. */
  userInfo(person: string, profile: 'anonymous' | 'own'): Promise<Record<string, unknown>>
  /** The bound phone number as WeChat's dialogue shows it, such as `154****1234`. */
  maskedPhoneNumber(person: string): Promise<string>
  /** Whether the session key that is valid now has been exchanged. */
  checkSession(person: string): Promise<boolean>
  /** Lets the person's session key end. */
  rotateSessionKey(person: string): Promise<void>
  /** What the backend has sent to phones, and the codes it has had made. */
  inbox(): Promise<Inbox>
  /** Reports it to the backend; rejects with the reason where that does not take it. */
  push(person: string, event: PushEvent): Promise<void>
}

/** Until the stand-in is asked again, in ms: it may have been started anew. */
const retryAfter = 1_000

/**
 * Reports each call of a backend to the stand-in at `address`, until it is stopped. `onCall` is given the
 * person it was about, undefined for none.
 */
export function watchServerCalls(
  address: string,
  onCall: (call: ServerRecord, person: string | undefined) => void,
): { stop(): void } {
  const controller = new AbortController()
  const { signal } = controller
  const read = async () => {
    const answer = await fetch(new URL('/_control/calls', address), { signal })
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      const events = (text + value).split('\n\n')
      text = events.pop() ?? ''
      for (const event of events) {
        if (!event.startsWith('data: ')) continue
        const { person, ...call } = JSON.parse(event.slice('data: '.length)) as ServerCall
        onCall({ kind: 'server', ...call }, person)
      }
    }
  }
  const watch = async () => {
    while (!signal.aborted) {
      // Node.js ends an answer of which nothing has come for five minutes.
      await read().catch(() => undefined)
      await setTimeout(retryAfter, undefined, { signal, ref: false }).catch(() => undefined)
    }
  }
  void watch()
  return { stop: () => controller.abort() }
}

/**
 * Speaks to a stand-in at `address`, such as `http://127.0.0.1:3100`. `unionid` says where the
 * unionid of a person shows; where absent, it stays as the stand-in has it.
 */
export function connectStandIn(address: string, unionid?: UnionidVisibility): StandIn {
  const post = async <Result>(name: string, body: object, limit = timeLimit) => {
    const answer = await fetch(new URL(`/_control/${name}`, address), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, unionid }),
      signal: AbortSignal.timeout(limit),
    })
    if (answer.ok) return (await answer.json()) as Result
    const { error } = (await answer.json().catch(() => ({}))) as { error?: string }
    // The backend does not take a push: that is the whole reason.
    if (error !== undefined && answer.status === 502) throw new Error(error)
    const reason = error === undefined ? '' : `: ${error}`
    throw new Error(`the stand-in answered ${answer.status} to ${name}${reason}`)
  }
  const list = async <Item>(name: string) => {
    const signal = AbortSignal.timeout(timeLimit)
    const answer = await fetch(new URL(`/_control/${name}`, address), { signal })
    if (!answer.ok) throw new Error(`the stand-in answered ${answer.status} to ${name}`)
    return (await answer.json()) as Item[]
  }
  return {
    async inbox() {
      const [textMessages, wxaCodes] = await Promise.all([
        list<Inbox['textMessages'][number]>('sms'),
        list<Inbox['wxaCodes'][number]>('wxa-codes'),
      ])
      return { textMessages, wxaCodes }
    },
    loginCode: (person) => post('login-code', { person }),
    phoneCode: (person) => post('phone-code', { person }),
    phoneData: (person) => post('phone-data', { person }),
    async maskedPhoneNumber(person) {
      const { phoneNumber } = await post<{ phoneNumber: string }>('person', { person })
      return `${phoneNumber.slice(0, 3)}****${phoneNumber.slice(-4)}`
    },
    async userInfo(person, profile) {
      const body = profile === 'own' ? { person, profile } : { person }
      const info = await post<Record<string, unknown>>('user-info', body)
      delete info.errMsg
      return info
    },
    async checkSession(person) {
      return (await post<{ valid: boolean }>('check-session', { person })).valid
    },
    push: async (person, event) => void (await post('push', { person, ...event }, pushLimit)),
    rotateSessionKey: async (person) => void (await post('rotate-session-key', { person })),
  }
}
