import type { BurstResult } from './burst'
import type { HeaderCheck } from './headerCheck'
import type { JournalEvent } from './journalEvents'
import { lineOf, type Fact } from './lines'
import type { PhoneFacts } from './phoneFacts'
import type { SessionFacts } from './sessionFacts'
import type { DiagnosticsTexts } from './texts'

/** What belongs together, on the page and in the report. */
export interface Section {
  id: 'headers' | 'session' | 'phone' | 'burst' | 'events'
  facts: Fact[]
  /** What they come to. */
  verdict?: string
  isBad?: boolean
}

/** All that is known; what is missing has not been asked yet. */
export interface Known {
  language: string
  phone: PhoneFacts | undefined
  headers: HeaderCheck | undefined
  session: SessionFacts
  burst: BurstResult | undefined
  /** Oldest first. */
  events: readonly JournalEvent[]
}

/** What is known, to be read: no secret, and nothing of a person. */
export function sectionsOf(known: Known, texts: DiagnosticsTexts): Section[] {
  const { language, phone, headers, session, burst, events } = known
  return [
    { id: 'headers', facts: headers ? headerFacts(headers, texts) : [] },
    { id: 'session', facts: sessionFacts(session, texts) },
    { id: 'phone', facts: phone ? phoneFacts(phone, language, texts) : [] },
    { id: 'burst', facts: [], ...(burst && burstSection(burst, texts)) },
    { id: 'events', facts: [...events].reverse().map((event) => lineOf(event, texts)) },
  ]
}

function headerFacts(check: HeaderCheck, texts: DiagnosticsTexts): Fact[] {
  const { status, protocol, failure, arrived, schemes, names, hasCopy } = check
  if (status === undefined) {
    const why = [failure?.errno !== undefined && `errno ${failure.errno}`, failure?.words]
    const value = [texts.noAnswer, ...why].filter(Boolean).join(', ')
    return [{ label: texts.status, value, isBad: true }]
  }
  const ways = arrived.map(({ spelling, form }) => `${spelling} (${texts[form]})`)
  return [
    { label: texts.status, value: String(status), isBad: status !== 401 },
    { label: texts.protocol, value: protocol ?? texts.notReported },
    {
      label: 'WWW-Authenticate',
      value: ways.join(', ') || `${texts.missing} ${texts[hasCopy ? 'hasCopy' : 'noCopy']}`,
      isBad: ways.length === 0,
    },
    { label: texts.schemes, value: schemes.join(', ') || texts.none },
    { label: texts.names, value: names.join(', ') || texts.none },
  ]
}

function sessionFacts(session: SessionFacts, texts: DiagnosticsTexts): Fact[] {
  const { remaining, expiresIn, version = texts.notReported, prompt } = session
  const whether = (name: 'hasToken' | 'hasUserInfo' | 'hasPhoneNumber' | 'isSignedOut') => ({
    label: texts[name],
    value: session[name] ? texts.yes : texts.no,
  })
  const { kind, scope, status, error } = { ...prompt }
  return [
    whether('hasToken'),
    {
      label: texts.remaining,
      value: `${remaining ?? '?'} / ${expiresIn} s`,
      isBad: (remaining ?? 1) <= 0,
    },
    whether('hasUserInfo'),
    whether('hasPhoneNumber'),
    { label: texts.version, value: String(version) },
    whether('isSignedOut'),
    {
      label: texts.openPrompt,
      value: [kind, scope, status, error].filter(Boolean).join(', ') || texts.none,
    },
  ].filter((_, index) => session.hasToken || index === 0 || index > 4)
}

function phoneFacts(
  { system, wechatVersion, networkType }: PhoneFacts,
  language: string,
  texts: DiagnosticsTexts,
): Fact[] {
  const { windowWidth, windowHeight, pixelRatio, problems } = system
  return [
    { label: texts.model, value: system.model },
    { label: texts.system, value: `${system.system} (${system.platform})` },
    { label: texts.wechat, value: wechatVersion || texts.notReported },
    { label: texts.sdk, value: system.sdkVersion || texts.notReported },
    { label: texts.language, value: `${system.language} / ${language}` },
    { label: texts.theme, value: system.theme },
    { label: texts.textScale, value: String(Math.round(system.textScale * 100) / 100) },
    { label: texts.network, value: networkType || texts.notReported },
    { label: texts.window, value: `${windowWidth} × ${windowHeight} @${pixelRatio}` },
    { label: texts.problems, value: problems.join(', ') || texts.none, isBad: problems.length > 0 },
  ]
}

function burstSection(
  { count, succeeded, logins, duration }: BurstResult,
  texts: DiagnosticsTexts,
): Partial<Section> {
  const isBad = succeeded < count || logins !== 1
  return {
    verdict: isBad ? texts.bad : texts.good,
    isBad,
    facts: [
      { label: texts.succeeded, value: `${succeeded} / ${count}`, isBad: succeeded < count },
      { label: texts.logins, value: String(logins), isBad: logins !== 1 },
      { label: texts.duration, value: `${duration} ms` },
    ],
  }
}
