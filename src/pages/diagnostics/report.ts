import type { BurstResult } from './burst'
import {
  burstVerdict,
  headerFacts,
  headerProblem,
  phoneFacts,
  sessionFacts,
  type Fact,
} from './facts'
import type { HeaderCheck } from './headerCheck'
import type { JournalEvent } from './journalEvents'
import { lineOf } from './lines'
import type { PhoneFacts } from './phoneFacts'
import type { SessionFacts } from './sessionFacts'
import { en } from './texts'

/** All that a report is made of. */
export interface ReportParts {
  /** The backend's address. */
  baseURL: string
  /** ms since 1970 */
  now: number
  startedAt: number
  language: string
  phone: PhoneFacts
  headers: HeaderCheck | undefined
  session: SessionFacts
  burst: BurstResult | undefined
  /** Oldest first. */
  events: readonly JournalEvent[]
}

/** The report as plain text, in English, its events newest first. Holds no secret. */
export function writeReport(parts: ReportParts): string {
  const { headers, burst, session, phone, language } = parts
  const lines = [...parts.events].reverse().map((event) => lineOf(event, en))
  const problem = headers && headerProblem(headers, en)
  return [
    'watchword diagnostics report',
    `written ${isoTime(parts.now)}, app started ${isoTime(parts.startedAt)}`,
    `backend ${originOf(parts.baseURL)}`,
    ...section(en.phone.title, phoneFacts(phone, language, en)),
    ...section(en.headers.title, headers ? headerFacts(headers, en) : []),
    ...(headers ? [] : [en.headers.unchecked]),
    ...(problem ? [`! ${problem}`] : []),
    ...section(en.session.title, sessionFacts(session, en)),
    ...section(en.burst.title, burst ? burstFacts(burst) : []),
    burst ? burstVerdict(burst, en).text : 'Not run',
    ...section(en.events.title, []),
    ...lines.map(({ time, text, isBad }) => `${isBad ? '!' : ' '} ${time.padStart(10)}  ${text}`),
    ...(lines.length > 0 ? [] : [en.events.empty]),
    '',
  ].join('\n')
}

function section(title: string, facts: Fact[]): string[] {
  return [
    '',
    `== ${title}`,
    ...facts.map(({ label, value, isBad }) => `${isBad ? '! ' : '  '}${label}: ${value}`),
  ]
}

function burstFacts({ count, succeeded, logins, duration }: BurstResult): Fact[] {
  return [
    { label: en.burst.succeeded, value: `${succeeded} / ${count}` },
    { label: en.burst.logins, value: String(logins) },
    { label: en.burst.duration, value: `${duration} ms` },
  ]
}

/** A clock that was set to nonsense has no ISO time. */
function isoTime(ms: number): string {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString()
}

/** Without what may stand before a host or behind its path. */
function originOf(baseURL: string): string {
  return baseURL.replace(/\/\/[^/@]*@/, '//').replace(/[?#].*$/, '')
}
