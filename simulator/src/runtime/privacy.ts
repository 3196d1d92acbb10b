import { isVersionAtLeast } from '../version'
import type { Boot, Outcome } from '../wire'
import type { Bridge } from './bridge'
import type { Dialogues } from './dialogues'
import type { LoadedApp } from './loadedApp'

/** What an app reports to WeChat once its own privacy dialogue was answered. */
export interface PrivacyDecision {
  event?: 'agree' | 'disagree' | 'exposureAuthorization'
  /** Id of the agreePrivacyAuthorization button that was tapped. */
  buttonId?: string
}

/** The listener of `wx.onNeedPrivacyAuthorization`. */
export type PrivacyListener = (
  resolve: (decision: PrivacyDecision) => void,
  info: { referrer: string },
) => void

/** The person's agreement to the privacy terms (WeChat: 小程序隐私协议开发指南). */
export interface Privacy {
  /** Whether this call has to wait for the agreement. */
  isPrivate(api: string, options: Readonly<Record<string, unknown>>): boolean
  /**
   * Whether WeChat would ask for the agreement in the dialogue of a permission: since base library
   * 3.4.2, where the app asks nothing by itself (WeChat: 基础库更新日志 v3.4.2).
   */
  asksInPermission(): boolean
  /** What the person has decided in such a dialogue; refused, they are left alone for a while. */
  decided(api: string, decision: 'allow' | 'refuse'): Promise<void>
  /** Whether the person has agreed, or needs not. */
  isAgreed(): boolean
  /** Only the last listener is kept. */
  listen(listener: PrivacyListener): void
  /** The agreePrivacyAuthorization button with this id was tapped. */
  tapped(buttonId: string): void
  /** The host has answered a private call: unless it says otherwise, the terms are agreed to. */
  answered(api: string, outcome: Outcome): void
  /** Has the person asked, by the app or by WeChat; resolves with the failure unless they agreed. */
  require(api: string, isOpenType: boolean): Promise<Extract<Outcome, { kind: 'fail' }> | undefined>
}

/** Interfaces that read what is personal (WeChat: 小程序用户隐私保护指引内容介绍). */
const privateApis = new Set([
  'addPhoneCalendar',
  'addPhoneContact',
  'chooseAddress',
  'chooseAvatar',
  'chooseImage',
  'chooseLocation',
  'chooseMedia',
  'chooseMessageFile',
  'getClipboardData',
  'getFuzzyLocation',
  'getLocation',
  'getPhoneNumber',
  'getPrivacySetting',
  'getRealtimePhoneNumber',
  'getUserInfo',
  'getUserProfile',
  'getWeRunData',
  'openBluetoothAdapter',
  'requirePrivacyAuthorize',
  'saveImageToPhotosAlbum',
  'saveVideoToPhotosAlbum',
  'setClipboardData',
  'startRecord',
])

/** What `wx.authorize` asks for that is personal too (the same page). */
const privateScopes = new Set<unknown>([
  'scope.addPhoneCalendar',
  'scope.addPhoneContact',
  'scope.bluetooth',
  'scope.camera',
  'scope.record',
  'scope.userFuzzyLocation',
  'scope.userLocation',
  'scope.werun',
  'scope.writePhotosAlbum',
])

/** For so many ms after a refusal WeChat does not draw its own dialogue again. */
const quietAfterRefusal = 10_000

/** The errno of calls without the agreement (WeChat: 小程序隐私协议开发指南). */
const refusals: readonly (number | undefined)[] = [103, 104]

type Decision = 'allow' | 'refuse' | 'wrong button'

/** Enforced with `__usePrivacyCheck__` in app.json, from base library 2.32.3. */
export function createPrivacy(
  app: LoadedApp,
  { sdkVersion, isPrivacyAgreed }: Boot,
  bridge: Bridge,
  dialogues: Dialogues,
): Privacy {
  const isEnforced =
    app.config.__usePrivacyCheck__ === true && isVersionAtLeast(sdkVersion, '2.32.3')
  const tappedButtons = new Set<string>()
  let isAgreed = isPrivacyAgreed || !isEnforced
  let listener: PrivacyListener | undefined
  let asking: Promise<Decision> | undefined
  let refusedAt = -Infinity

  const askApp = (ask: PrivacyListener, referrer: string) =>
    new Promise<Decision>((resolve) => {
      ask(
        ({ event, buttonId = '' }) => {
          if (event === 'disagree') resolve('refuse')
          if (event === 'agree') resolve(tappedButtons.has(buttonId) ? 'allow' : 'wrong button')
        },
        { referrer },
      )
    })
  const tellHost = (referrer: string, choice: 'allow' | 'refuse') =>
    bridge.wechat({ api: 'requirePrivacyAuthorize', options: { referrer }, choice })
  const isQuiet = () => performance.now() - refusedAt < quietAfterRefusal
  // Calls that come while the dialogue is open wait for the same answer.
  const askPerson = () => {
    if (isQuiet()) return Promise.resolve('refuse' as const)
    asking ??= dialogues.askPrivacy().finally(() => (asking = undefined))
    return asking
  }

  return {
    isPrivate: (api, { scope }) =>
      isEnforced && (privateApis.has(api) || (api === 'authorize' && privateScopes.has(scope))),
    asksInPermission: () =>
      isEnforced && isVersionAtLeast(sdkVersion, '3.4.2') && !listener && !isQuiet(),
    async decided(api, decision) {
      if (decision === 'refuse') {
        refusedAt = performance.now()
        return
      }
      isAgreed = true
      await tellHost(api, decision)
    },
    isAgreed: () => isAgreed,
    listen: (next) => void (listener = next),
    tapped(buttonId) {
      tappedButtons.add(buttonId)
      isAgreed = true
    },
    answered(api, outcome) {
      // It is private, but needs no agreement.
      if (api === 'getPrivacySetting') return
      const isRefused =
        outcome.kind === 'fail' && (outcome.about === 'privacy' || refusals.includes(outcome.errno))
      const isAsked = outcome.kind === 'ask' && outcome.about !== undefined
      if (!isRefused && !isAsked) isAgreed = true
    },
    async require(api, isOpenType) {
      const referrer = isOpenType ? `button.${api}` : api
      const decision = await (listener ? askApp(listener, referrer) : askPerson())
      if (decision === 'refuse' && !listener) refusedAt = performance.now()
      if (decision !== 'wrong button') {
        await tellHost(referrer, decision)
      }
      if (decision === 'allow') {
        isAgreed = true
        return undefined
      }
      const wrong = decision === 'wrong button' ? ' or buttonId is wrong' : ''
      const errMsg = `${api}:fail privacy permission is not authorized${wrong}`
      return { kind: 'fail', errMsg, errno: 104 }
    },
  }
}
