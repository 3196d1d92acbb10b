/**
 * What WeChat remembers of a person's answers for one mini-program. WeChat keeps it until the
 * mini-program is deleted from the phone; several mini-programs of one person may share it.
 */
export interface Permissions {
  /** Undefined: never asked. */
  decision(scope: string): boolean | undefined
  decide(scope: string, isAllowed: boolean): void
  /** Every scope that was asked for, as `wx.getSetting` returns it. */
  authSetting(): Record<string, boolean>
  /** Whether the privacy terms were agreed to. */
  readonly isPrivacyAgreed: boolean
  agreeToPrivacy(): void
  /** As if the mini-program had never been opened. */
  forget(): void
}

/** Begins with what was decided before, by scope: `{ 'scope.userLocation': false }`. */
export function createPermissions(before: Readonly<Record<string, boolean>> = {}): Permissions {
  const decisions = new Map(Object.entries(before))
  let isPrivacyAgreed = false
  return {
    decision: (scope) => decisions.get(scope),
    decide: (scope, isAllowed) => void decisions.set(scope, isAllowed),
    authSetting: () => Object.fromEntries(decisions),
    get isPrivacyAgreed() {
      return isPrivacyAgreed
    },
    agreeToPrivacy: () => void (isPrivacyAgreed = true),
    forget() {
      decisions.clear()
      isPrivacyAgreed = false
    },
  }
}

/** APIs and the scope each one needs (WeChat: 授权, scope 列表; for chooseLocation its own page). */
const scopes: ReadonlyMap<string, string> = new Map([
  ['addPhoneCalendar', 'scope.addPhoneCalendar'],
  ['addPhoneContact', 'scope.addPhoneContact'],
  ['chooseLocation', 'scope.userLocation'],
  ['getFuzzyLocation', 'scope.userFuzzyLocation'],
  ['getLocation', 'scope.userLocation'],
  ['getWeRunData', 'scope.werun'],
  ['openBluetoothAdapter', 'scope.bluetooth'],
  ['saveImageToPhotosAlbum', 'scope.writePhotosAlbum'],
  ['saveVideoToPhotosAlbum', 'scope.writePhotosAlbum'],
  ['startRecord', 'scope.record'],
])

/** Scopes that WeChat grants without a question by now (WeChat: 授权, scope 列表). */
const grantedScopes: readonly string[] = [
  'scope.userInfo',
  'scope.address',
  'scope.invoice',
  'scope.invoiceTitle',
]

/** The scope a call has to be allowed for; undefined where nobody is asked. */
export function scopeOf(api: string, options: Record<string, unknown>): string | undefined {
  const scope = api === 'authorize' ? String(options.scope) : scopes.get(api)
  return scope === undefined || grantedScopes.includes(scope) ? undefined : scope
}
