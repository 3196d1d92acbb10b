import type {
  CallEnd,
  JournalEvent,
  RequestEvent,
  SessionEvent,
  WechatEvent,
} from './journalEvents'
import type { DiagnosticsTexts } from './texts'

/** An event, to be read. */
export interface Line {
  id: number
  /** Seconds since the app's start, e.g. `12.345`. */
  time: string
  text: string
  /** Whether a tester should look at it. */
  isBad: boolean
}

/** An event in the words of `texts`. */
export function lineOf(event: JournalEvent, { events: texts }: DiagnosticsTexts): Line {
  return {
    id: event.id,
    time: (event.at / 1000).toFixed(3),
    text: textOf(event, texts),
    isBad: isBad(event),
  }
}

type Words = DiagnosticsTexts['events']

function textOf(event: JournalEvent, texts: Words): string {
  switch (event.kind) {
    case 'wechat':
      return wechatText(event, texts)
    case 'request':
      return requestText(event, texts)
    case 'session':
      return sessionText(event, texts)
    case 'prompt':
      return join(texts.prompt, event.prompt, texts[event.change], event.error)
    case 'app':
      return texts[event.change]
    case 'warning':
      return join(texts.warning, event.code)
  }
}

function wechatText(event: WechatEvent, texts: Words): string {
  const isAlive = event.isAlive ? texts.alive : texts.dead
  const success = event.call === 'login' ? 'ok' : isAlive
  return join(`wx.${event.call}`, '→', endText(event, success, texts))
}

function requestText(event: RequestEvent, texts: Words): string {
  const { method, path, signed, token, isAgain, status, challenges = [] } = event
  const signature = join(texts[signed], token)
  const answer = join(status, challenges.join(', '))
  return join(
    method,
    path,
    `[${signature}${isAgain ? ` · ${texts.again}` : ''}]`,
    '→',
    endText(event, answer, texts),
  )
}

function endText(end: CallEnd, success: string, texts: Words): string {
  const { outcome, duration, errno, words } = end
  const word = outcome === 'answered' ? success : texts[outcome]
  const why = [errno !== undefined && `errno ${errno}`, words].filter(Boolean).join(', ')
  return join(word, why && `(${why})`, duration !== undefined && `· ${duration} ms`)
}

function sessionText(event: SessionEvent, texts: Words): string {
  const { change, token, hasUserInfo, hasPhoneNumber } = event
  if (token === undefined) return texts[change]
  const known = [hasUserInfo && texts.userInfo, hasPhoneNumber && texts.phoneNumber]
  const suffix = known.filter(Boolean).map((one) => `+ ${one}`)
  return join(texts[change], `[${texts.token} ${token}]`, ...suffix)
}

function isBad(event: JournalEvent): boolean {
  if (event.kind === 'warning') return true
  if (event.kind === 'prompt') return event.change === 'failed'
  if (event.kind === 'session') return event.change === 'ended'
  if (event.kind === 'request' && (event.status ?? 0) >= 500) return true
  return 'outcome' in event && ['failed', 'timeout', 'interrupted'].includes(event.outcome)
}

function join(...parts: (string | number | false | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== false && part !== '').join(' ')
}
