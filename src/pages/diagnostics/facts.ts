import type { BurstResult } from './burst'
import type { HeaderArrival, HeaderCheck } from './headerCheck'
import type { PhoneFacts } from './phoneFacts'
import type { SessionFacts } from './sessionFacts'
import type { DiagnosticsTexts } from './texts'

/** A line of a section. */
export interface Fact {
  label: string
  value: string
  /** Whether a tester should look at it. */
  isBad?: boolean
}

/** How headers arrived. */
export function headerFacts(check: HeaderCheck, all: DiagnosticsTexts): Fact[] {
  const { headers: texts } = all
  const { status, protocol, duration, failure, headers, schemes, names } = check
  if (status === undefined) {
    const why = [failure?.errno !== undefined && `errno ${failure.errno}`, failure?.words]
    const value = [texts.noAnswer, ...why].filter(Boolean).join(', ')
    return [{ label: texts.status, value, isBad: true }]
  }
  return [
    { label: texts.status, value: String(status), isBad: status !== 401 },
    { label: texts.protocol, value: protocol ?? all.notTold },
    { label: texts.duration, value: `${duration} ms` },
    ...headers.map((header) => arrivalFact(header, all)),
    { label: texts.schemes, value: schemes.join(', ') || all.none },
    { label: texts.all, value: names.join(', ') || all.none },
  ]
}

function arrivalFact({ name, arrived }: HeaderArrival, all: DiagnosticsTexts): Fact {
  const { forms, missing } = all.headers
  const ways = arrived.map(({ spelling, form }) => `${spelling} (${forms[form]})`)
  if (ways.length > 0) return { label: name, value: ways.join(', ') }
  // The others are not in every answer.
  const isBad = name === 'WWW-Authenticate'
  return { label: name, value: isBad ? missing : all.none, isBad }
}

/** What a missing challenge means; empty if it is there. */
export function headerProblem(check: HeaderCheck, { headers: texts }: DiagnosticsTexts): string {
  const isMissing = check.headers.some(
    ({ name, arrived }) => name === 'WWW-Authenticate' && arrived.length === 0,
  )
  if (check.status === undefined || !isMissing) return ''
  return `${texts.missingChallenge} ${check.hasCopy ? texts.hasCopy : texts.noCopy}`
}

/** Who is signed in, without saying who. */
export function sessionFacts(session: SessionFacts, all: DiagnosticsTexts): Fact[] {
  const { session: texts, yes, no } = all
  const { remaining, expiresIn, uid, version, prompt } = session
  const seconds = (value: number | undefined) => (value === undefined ? all.notTold : `${value} s`)
  const held: Fact[] = [
    { label: texts.remaining, value: seconds(remaining), isBad: (remaining ?? 1) <= 0 },
    { label: texts.expiresIn, value: seconds(expiresIn) },
    { label: texts.userInfo, value: session.hasUserInfo ? yes : no },
    { label: texts.phoneNumber, value: session.hasPhoneNumber ? yes : no },
    { label: texts.uid, value: uid ?? all.none },
    { label: texts.version, value: version === undefined ? all.notTold : String(version) },
    ...Object.entries(session.claims).map(([label, value]) => ({ label, value })),
  ]
  const { kind, scope, status, error } = { ...prompt }
  return [
    { label: texts.token, value: session.hasToken ? texts.held : all.none },
    ...(session.hasToken ? held : []),
    { label: texts.signedOut, value: session.isSignedOut ? yes : no },
    {
      label: texts.prompt,
      value: [kind, scope, status, error].filter(Boolean).join(', ') || all.none,
    },
  ]
}

/** Phone, host and their settings. */
export function phoneFacts(
  { system, wechatVersion, networkType }: PhoneFacts,
  language: string,
  all: DiagnosticsTexts,
): Fact[] {
  const { phone: texts, notTold } = all
  const { windowWidth, windowHeight, pixelRatio, problems } = system
  return [
    { label: texts.model, value: system.model },
    { label: texts.system, value: `${system.system} (${system.platform})` },
    { label: texts.wechat, value: wechatVersion || notTold },
    { label: texts.sdk, value: system.sdkVersion || notTold },
    { label: texts.language, value: `${system.language} / ${language}` },
    { label: texts.theme, value: system.theme },
    { label: texts.textScale, value: String(Math.round(system.textScale * 100) / 100) },
    { label: texts.network, value: networkType || notTold },
    { label: texts.window, value: `${windowWidth} × ${windowHeight} @${pixelRatio}` },
    { label: texts.problems, value: problems.join(', ') || all.none, isBad: problems.length > 0 },
  ]
}

/** What came of a burst, in a sentence. */
export function burstVerdict(
  { count, succeeded, logins }: BurstResult,
  { burst: texts }: DiagnosticsTexts,
): { text: string; isBad: boolean } {
  if (succeeded < count) return { text: texts.someFailed(count - succeeded), isBad: true }
  if (logins !== 1) return { text: texts.wrongLogins(logins), isBad: true }
  return { text: texts.good, isBad: false }
}
