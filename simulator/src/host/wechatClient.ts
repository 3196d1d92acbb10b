import { isLikeAndroid } from '../platforms'
import { isVersionAtLeast } from '../version'
import type { Outcome, Platform, WechatCall } from '../wire'
import type { Answer, FailedAnswer, WechatSide } from './answers'
import { createGrants, type GrantOptions } from './grants'
import { scopeOf, type Permissions } from './permissions'

/** The phone that WeChat runs on, and who answers WeChat's questions there. */
export interface WechatClientOptions extends GrantOptions {
  side: WechatSide
  platform: Platform
  permissions: Permissions
  /** Called with the name of each call for which nothing was prepared. */
  onUnanswered(api: string): void
}

/** WeChat's app on the phone, which answers what a mini-program asks of it. */
export interface WechatClient {
  /** Answers one call of the mini-program. */
  call(call: WechatCall): Promise<Outcome>
}

/** The answers where nothing is scripted; calls that are missing here fail and are recorded. */
const defaults = new Map<string, Answer>([
  ['login', 'allow'],
  ['checkSession', 'allow'],
  ['contact', 'ask'],
  ['getBatteryInfo', { level: 80, isCharging: false, isLowPowerModeEnabled: false }],
  ['getClipboardData', 'allow'],
  ['getUserInfo', 'allow'],
  ['getUserProfile', 'allow'],
  ['getNetworkType', { networkType: 'wifi' }],
  ['nicknameReview', { pass: true, timeout: false }],
  ['openAppAuthorizeSetting', 'ask'],
  ['openPrivacyContract', 'ask'],
  ['picker', 'ask'],
  ['requirePrivacyAuthorize', 'allow'],
  ['setClipboardData', 'allow'],
  ['showActionSheet', 'ask'],
  ['showModal', 'ask'],
])

/** How each client words a refusal; see the errMsg table of the open types. */
const refusal = (api: string, platform: Platform) => {
  if (api === 'getUserInfo' || api === 'getUserProfile') return `${api}:fail auth deny`
  if (/^(showActionSheet|picker|choose\w+)$/.test(api)) return `${api}:fail cancel`
  return isLikeAndroid(platform) ? `${api}:fail:user deny` : `${api}:fail user deny`
}

/** Asked for in WeChat's dialogue at every press. */
const phoneNumbers = ['getPhoneNumber', 'getRealtimePhoneNumber']

const privacyRefusal = (api: string): Outcome => ({
  kind: 'fail',
  about: 'privacy',
  errMsg: `${api}:fail privacy permission is not authorized`,
  errno: 104,
})

const isFailed = (answer: Answer): answer is FailedAnswer =>
  typeof answer === 'object' && 'fail' in answer && typeof answer.fail === 'string'

const failure = (api: string, { fail, errno }: FailedAnswer) => ({
  kind: 'fail' as const,
  errMsg: `${api}:fail ${fail}`,
  ...(errno !== undefined && { errno }),
})

const accessDenied = (api: string): Outcome => ({ kind: 'fail', errMsg: `${api}:fail auth deny` })

/** The switches of a settings page, or of a scripted answer in its place. */
const switchesIn = ({ authSetting }: Record<string, unknown>) =>
  Object.entries((authSetting ?? {}) as Record<string, unknown>).filter(
    (entry): entry is [string, boolean] => typeof entry[1] === 'boolean',
  )

/** Returns the scripted answers as they are; for `allow`, what the stand-in hands out. */
export function createWechatClient(options: WechatClientOptions): WechatClient {
  const { side, standIn, person, platform, sdkVersion, permissions, onUnanswered } = options
  const grant = createGrants(options, onUnanswered)

  /**
   * Profiles are given without a dialogue by now: getUserInfo since base library 2.10.4 in this
   * model, getUserProfile since 2.27.1 (WeChat: 用户信息接口调整说明). DevTools goes on asking.
   */
  const isSilent = (api: string) => {
    if (platform === 'devtools') return false
    if (api === 'getUserInfo') return isVersionAtLeast(sdkVersion, '2.10.4')
    return api === 'getUserProfile' && isVersionAtLeast(sdkVersion, '2.27.1')
  }

  /** What the dialogue shows beside its own words. */
  async function ask(api: string): Promise<Outcome> {
    if (api === 'openSetting') {
      return { kind: 'ask', show: { authSetting: permissions.authSetting() } }
    }
    if (!phoneNumbers.includes(api)) return { kind: 'ask' }
    const phoneNumber = await standIn?.maskedPhoneNumber(person).catch(() => undefined)
    return phoneNumber === undefined ? { kind: 'ask' } : { kind: 'ask', show: { phoneNumber } }
  }

  function settle(api: string, answer: Answer): Outcome | Promise<Outcome> {
    if (answer === 'ask') return ask(api)
    if (answer === 'allow' && api === 'openSetting') return setSwitches({})
    if (answer === 'allow') return grant(api)
    if (answer === 'refuse' && api === 'showModal') {
      return { kind: 'ok', result: { confirm: false, cancel: true } }
    }
    if (answer === 'refuse') return { kind: 'fail', errMsg: refusal(api, platform) }
    return isFailed(answer) ? failure(api, answer) : { kind: 'ok', result: answer }
  }

  const unprepared = (api: string): Outcome => {
    onUnanswered(api)
    return { kind: 'fail', errMsg: `${api}:fail nothing is prepared for it in this run` }
  }

  function setSwitches(page: Record<string, unknown>): Outcome {
    for (const [scope, isAllowed] of switchesIn(page)) permissions.decide(scope, isAllowed)
    return { kind: 'ok', result: { authSetting: permissions.authSetting() } }
  }

  /** What is answered where nothing is scripted. */
  function fallback({ api, options, isPrivate = false }: WechatCall): Answer | undefined {
    // A button asks its person; only the API of the same name has an answer of its own.
    if (options.openType === true) return undefined
    if (api === 'getSetting') {
      // Reads as granted since 2021-02-23, though nobody is asked (用户信息接口调整说明).
      return { authSetting: { 'scope.userInfo': true, ...permissions.authSetting() } }
    }
    if (api === 'getPrivacySetting') {
      const needAuthorization = isPrivate && !permissions.isPrivacyAgreed
      return { needAuthorization, privacyContractName: '《用户隐私保护指引》' }
    }
    return defaults.get(api)
  }

  const answerOf = async (call: WechatCall): Promise<Answer | undefined> => {
    const silent = isSilent(call.api)
    const answer = (await side.answer(call.api, call.options, silent)) ?? fallback(call)
    // Whatever a script says: there is no dialogue to answer.
    return silent && answer === 'ask' ? 'allow' : answer
  }

  /** Whether WeChat draws a dialogue of its own for this call, in which a person decides. */
  const drawsPermission = ({ api, options }: WechatCall) => {
    const scope = scopeOf(api, options)
    const isUndecided = scope !== undefined && permissions.decision(scope) === undefined
    return (isUndecided || phoneNumbers.includes(api)) && side.next(api, options) === 'ask'
  }

  /**
   * How it stands with the privacy terms: they are agreed to, are to be agreed to in the permission's
   * dialogue, or what the call ends with in their place.
   */
  async function checkPrivacy(call: WechatCall): Promise<'agreed' | 'in the permission' | Outcome> {
    const { api } = call
    if (permissions.isPrivacyAgreed) return 'agreed'
    const answer = await answerOf({ api: 'requirePrivacyAuthorize', options: { referrer: api } })
    if (answer === 'ask') {
      const isCoupled = call.asksInPermission === true && drawsPermission(call)
      return isCoupled ? 'in the permission' : { kind: 'ask', about: 'privacy' }
    }
    if (answer === 'refuse') return privacyRefusal(api)
    if (answer !== undefined && answer !== 'allow' && isFailed(answer))
      return { ...failure(api, answer), about: 'privacy' }
    permissions.agreeToPrivacy()
    return 'agreed'
  }

  /** Asks once; afterwards what was decided holds, and a refusal fails without a dialogue. */
  async function callScoped(call: WechatCall, scope: string): Promise<Outcome> {
    const { api } = call
    const decision = permissions.decision(scope)
    if (decision === false) return accessDenied(api)
    if (decision && api === 'authorize') return grant(api)
    const answer = await answerOf(call)
    if (answer === undefined) return unprepared(api)
    if (typeof answer === 'object' && isFailed(answer)) return settle(api, answer)
    if (decision === undefined) {
      if (answer === 'ask') return { kind: 'ask', show: { scope } }
      permissions.decide(scope, answer !== 'refuse')
      if (answer === 'refuse') return accessDenied(api)
    }
    const isPlaceAsked = decision === true && api === 'chooseLocation'
    return typeof answer === 'object' || isPlaceAsked ? settle(api, answer) : grant(api)
  }

  /** What follows from the button a person pressed. */
  function decide({ api, options, choice }: WechatCall): Outcome | Promise<Outcome> {
    const isAllowed = choice === 'allow'
    if (api === 'agreePrivacyAuthorization' || api === 'requirePrivacyAuthorize') {
      if (!isAllowed) return privacyRefusal(api)
      permissions.agreeToPrivacy()
      return { kind: 'ok', result: {} }
    }
    if (api === 'openSetting') return setSwitches(options)
    const scope = scopeOf(api, options)
    const isPlace = api === 'chooseLocation' && permissions.decision('scope.userLocation') === true
    if (scope === undefined || isPlace) return settle(api, isAllowed ? 'allow' : 'refuse')
    permissions.decide(scope, isAllowed)
    if (!isAllowed) return accessDenied(api)
    // On the map the person goes on choosing, or leaves it.
    return api === 'chooseLocation' ? { kind: 'ask' } : grant(api)
  }

  /** What is answered once the privacy terms are no matter any more. */
  async function callAgreed(call: WechatCall): Promise<Outcome> {
    const { api, options } = call
    const scope = scopeOf(api, options)
    if (scope !== undefined) return callScoped(call, scope)
    const answer = (await answerOf(call)) ?? (api === 'authorize' ? 'allow' : undefined)
    if (answer === undefined) return unprepared(api)
    if (api === 'openSetting' && typeof answer === 'object' && !isFailed(answer)) {
      return setSwitches(answer)
    }
    return settle(api, answer)
  }

  return {
    async call(call) {
      const { api } = call
      if (call.choice) return decide(call)
      if (!call.isPrivate || api === 'getPrivacySetting') return callAgreed(call)
      const privacy = await checkPrivacy(call)
      if (typeof privacy === 'object') return privacy
      if (api === 'requirePrivacyAuthorize') return { kind: 'ok', result: {} }
      const outcome = await callAgreed(call)
      const asksForBoth = privacy === 'in the permission' && outcome.kind === 'ask'
      return asksForBoth ? { ...outcome, about: 'both' } : outcome
    },
  }
}
