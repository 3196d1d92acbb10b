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
  isPrivate(api: string): boolean
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
  // Calls that come while the dialogue is open wait for the same answer.
  const askPerson = () => {
    if (performance.now() - refusedAt < quietAfterRefusal) return Promise.resolve('refuse' as const)
    asking ??= dialogues.askPrivacy().finally(() => (asking = undefined))
    return asking
  }

  return {
    isPrivate: (api) => isEnforced && privateApis.has(api),
    isAgreed: () => isAgreed,
    listen: (next) => void (listener = next),
    tapped(buttonId) {
      tappedButtons.add(buttonId)
      isAgreed = true
    },
    answered(api, outcome) {
      // It is private, but needs no agreement.
      if (api === 'getPrivacySetting') return
      const isRefused = outcome.kind === 'fail' && refusals.includes(outcome.errno)
      const isAsked = outcome.kind === 'ask' && outcome.about === 'privacy'
      if (!isRefused && !isAsked) isAgreed = true
    },
    async require(api, isOpenType) {
      const referrer = isOpenType ? `button.${api}` : api
      const decision = await (listener ? askApp(listener, referrer) : askPerson())
      if (decision === 'refuse' && !listener) refusedAt = performance.now()
      if (decision !== 'wrong button') {
        const options = { referrer }
        await bridge.wechat({ api: 'requirePrivacyAuthorize', options, choice: decision })
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
