import type { CallEnd, JournalEvent } from './journalEvents'
import type { DiagnosticsTexts } from './texts'

/** A line of a section. */
export interface Fact {
  label: string
  value: string
  /** Whether a tester should look at it. */
  isBad?: boolean
}

/** An event in the words of `texts`, beside the seconds since the journal began, e.g. `12.345`. */
export function lineOf(event: JournalEvent, texts: DiagnosticsTexts): Fact {
  return {
    label: (event.at / 1000).toFixed(3),
    value: join(...partsOf(event, texts)),
    isBad: isBad(event),
  }
}

type Part = string | number | false | undefined

function partsOf(event: JournalEvent, texts: DiagnosticsTexts): Part[] {
  switch (event.kind) {
    case 'wechat': {
      const isAlive = event.isAlive ? texts.alive : texts.dead
      return [`wx.${event.call}`, ...endOf(event, event.call === 'login' ? 'ok' : isAlive, texts)]
    }
    case 'request': {
      const { method, path, signed, token, isAgain, status, challenges = [] } = event
      const signature = join(texts[signed], token, isAgain && `· ${texts.again}`)
      const answer = join(status, challenges.join(', '))
      return [method, path, `[${signature}]`, ...endOf(event, answer, texts)]
    }
    case 'session': {
      const { change, token, hasUserInfo, hasPhoneNumber } = event
      return [
        texts[change],
        token && `[${texts.token} ${token}]`,
        hasUserInfo && `+ ${texts.userInfo}`,
        hasPhoneNumber && `+ ${texts.phoneNumber}`,
      ]
    }
    case 'prompt':
      return [texts.prompt, event.prompt, texts[event.change], event.error]
    case 'app':
      return [texts[event.change]]
  }
}

function endOf(end: CallEnd, success: string, texts: DiagnosticsTexts): Part[] {
  const { outcome, duration, errno, words } = end
  const why = [errno !== undefined && `errno ${errno}`, words].filter(Boolean).join(', ')
  return [
    '→',
    outcome === 'answered' ? success : texts[outcome],
    why && `(${why})`,
    duration !== undefined && `· ${duration} ms`,
  ]
}

function isBad(event: JournalEvent): boolean {
  if (event.kind === 'request' && (event.status ?? 0) >= 500) return true
  const end = 'outcome' in event ? event.outcome : 'change' in event && event.change
  return ['failed', 'timeout', 'interrupted', 'ended'].includes(String(end))
}

const join = (...parts: Part[]) =>
  parts.filter((part) => part !== undefined && part !== false && part !== '').join(' ')
