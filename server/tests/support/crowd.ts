// People who sign in, give their number and book, many at once, and keep a record of what they were
// answered. What they were not answered, they send again.
import { EventEmitter, once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { readAnswer, type Answer } from './answers'
import { personNamed, type CrowdWeChat } from './crowdWeChat'
import { dayInChina } from './days'
import { sealedPhone } from './people'

/** Of one person, what the backend has confirmed. */
export interface Confirmed {
  /** In E.164. */
  phoneNumber: string
  /** The tokens of their devices. */
  tokens: string[]
  /** The notes of their bookings, in order. */
  bookings: string[]
}

export interface Crowd {
  people: Confirmed[]
  /** How many requests were answered so. */
  statuses: Map<number, number>
  /** The most times that one request had to be sent again. */
  mostRetries(): number
  /** Resolves when so many more requests have been answered. */
  answered(more: number): Promise<void>
  /** Resolves when every request that had to be sent again has been answered. */
  recovered(): Promise<void>
  /** Lets everyone finish what they do; rejects when one was answered what they should not be. */
  finish(): Promise<void>
}

const loops = 16
const bookingsEach = 3
/** Before a request is sent again, in ms. */
const pause = 100

/** Its people are numbered from `first`. */
export function startCrowd(url: string, wechat: CrowdWeChat, first = 0): Crowd {
  const people: Confirmed[] = []
  const statuses = new Map<number, number>()
  const waiting = new Set<{ at: number; resolve: () => void }>()
  let started = first
  let count = 0
  let mostRetries = 0
  let retrying = 0
  const recovery = new EventEmitter()
  let isEnding = false

  function note(status: number) {
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    count++
    for (const one of waiting) {
      if (count < one.at) continue
      waiting.delete(one)
      one.resolve()
    }
  }

  async function sendOnce(path: string, makeBody?: () => object, token?: string): Promise<Answer> {
    const response = await fetch(url + path, {
      method: makeBody ? 'POST' : 'GET',
      headers: {
        'Content-Type': 'application/json',
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      body: makeBody ? JSON.stringify(makeBody()) : null,
    })
    const answer = await readAnswer(response)
    note(answer.status)
    return answer
  }

  async function send(...sending: Parameters<typeof sendOnce>): Promise<Answer> {
    let answer = await sendOnce(...sending)
    if (!isTemporary(answer)) return answer
    retrying++
    for (let retries = 1; isTemporary(answer); retries++) {
      mostRetries = Math.max(mostRetries, retries)
      await setTimeout(pause)
      answer = await sendOnce(...sending)
    }
    retrying--
    if (retrying === 0) recovery.emit('recovered')
    return answer
  }

  async function succeed(...sending: Parameters<typeof send>): Promise<Answer> {
    const answer = await send(...sending)
    if (answer.status >= 300) throw faultOf(sending[0], answer)
    return answer
  }

  async function live(number: number) {
    const name = `crowd-${number}`
    const phone = `138${String(number).padStart(8, '0')}`
    const logIn = async () => {
      // A code is good for one request: to send the login again, the client takes a new one.
      const makeBody = () => ({ code: wechat.loginCode(name) })
      return (await succeed('/auth/login', makeBody)).body.tokenState!.accessToken
    }
    const tokens = await Promise.all([logIn(), logIn()])
    const confirmed: Confirmed = { phoneNumber: `+86${phone}`, tokens, bookings: [] }
    people.push(confirmed)
    await succeed('/auth/phone-number', () => sealedPhone(personNamed(name), phone), tokens[0])
    for (let index = 0; index < bookingsEach; index++) {
      const booking = { ...visit(), note: `${name}, ${index}` }
      await succeed('/bookings', () => booking, tokens[index % 2])
      confirmed.bookings.push(booking.note)
    }
    await succeed('/me', undefined, tokens[1])
  }

  const all = Promise.all(
    Array.from({ length: loops }, async () => {
      while (!isEnding) await live(started++)
    }),
  )
  // It is reported where somebody waits.
  all.catch(() => undefined)

  return {
    people,
    statuses,
    mostRetries: () => mostRetries,
    async answered(more) {
      const reached = new Promise<void>((resolve) => waiting.add({ at: count + more, resolve }))
      await Promise.race([reached, all])
    },
    async recovered() {
      if (retrying > 0) await Promise.race([once(recovery, 'recovered'), all])
    },
    async finish() {
      isEnding = true
      await all
    },
  }
}

/** Not the backend's last word: it died meanwhile, or its database is away. */
function isTemporary({ status }: Answer): boolean {
  return status === 502 || status === 503
}

function visit() {
  const date = dayInChina(Date.now(), 1)
  return { serviceId: 'family', name: '林', phone: '13800138000', address: '杭州', date }
}

function faultOf(path: string, { status, body }: Answer): Error {
  return new Error(`${path} was answered ${status} ${body.type ?? ''}`)
}
