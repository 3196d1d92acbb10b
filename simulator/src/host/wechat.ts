import { isVersionAtLeast } from '../version'
import type { Outcome, Platform, WechatCall } from '../wire'
import type { Answer, FailedAnswer, WechatSide } from './answers'
import { avatarPicture, type TemporaryFiles } from './files'
import type { StandIn } from './standIn'

/** Whom and what WeChat's side speaks for. */
export interface WechatOptions {
  side: WechatSide
  /** Gives codes and encrypted data; without it `allow` has nothing to hand out. */
  standIn: StandIn | undefined
  person: string
  platform: Platform
  sdkVersion: string
  files: TemporaryFiles
}

/** WeChat's side of one mini-program. */
export interface Wechat {
  call(call: WechatCall): Promise<Outcome>
  /** Names of the calls for which nothing was prepared, in order. */
  readonly unanswered: string[]
}

/** What stands where nothing is scripted; calls that are missing here fail and are recorded. */
const defaults = new Map<string, Answer>([
  ['login', 'allow'],
  ['checkSession', 'allow'],
  ['getPrivacySetting', { needAuthorization: false, privacyContractName: '《用户隐私保护指引》' }],
  ['getSetting', { authSetting: {} }],
  ['getUserInfo', 'allow'],
  ['getUserProfile', 'allow'],
  ['getNetworkType', { networkType: 'wifi' }],
  ['nicknameReview', { pass: true, timeout: false }],
  ['picker', 'ask'],
  ['requirePrivacyAuthorize', {}],
  ['showActionSheet', 'ask'],
  ['showModal', 'ask'],
])

/** What the stand-in hands out when a call is allowed. */
type Grant = (standIn: StandIn) => Promise<Record<string, unknown>>

/** How each client words a refusal; see the errMsg table of the open types. */
const refusal = (api: string, platform: Platform) => {
  if (api === 'getUserInfo' || api === 'getUserProfile') return `${api}:fail auth deny`
  if (api === 'showActionSheet' || api === 'picker') return `${api}:fail cancel`
  return platform === 'android' ? `${api}:fail:user deny` : `${api}:fail user deny`
}

const isFailed = (answer: Answer): answer is FailedAnswer =>
  typeof answer === 'object' && 'fail' in answer && typeof answer.fail === 'string'

/** Gives WeChat's answers: the scripted ones as they are, `allow` from the stand-in. */
export function createWechat(options: WechatOptions): Wechat {
  const { side, standIn, person, platform, sdkVersion, files } = options
  const unanswered: string[] = []
  // Newer base libraries give everybody's profile as "微信用户".
  const profileBelow = (version: string) =>
    isVersionAtLeast(sdkVersion, version) ? 'anonymous' : 'own'
  const phoneNumber: Grant = async (standIn) => {
    const data = await standIn.phoneData(person)
    if (!isVersionAtLeast(sdkVersion, '2.21.2')) return data
    return { ...data, ...(await standIn.phoneCode(person)) }
  }
  const sessionCheck: Grant = async (standIn) => {
    if (await standIn.checkSession(person)) return {}
    throw new Error('session_key is invalid')
  }
  const grants = new Map<string, Grant>([
    ['login', (standIn) => standIn.loginCode(person)],
    ['getPhoneNumber', phoneNumber],
    ['getRealtimePhoneNumber', (standIn) => standIn.phoneCode(person)],
    ['getUserInfo', (standIn) => standIn.userInfo(person, profileBelow('2.10.4'))],
    ['getUserProfile', (standIn) => standIn.userInfo(person, profileBelow('2.27.1'))],
    ['checkSession', sessionCheck],
  ])

  async function grant(api: string): Promise<Outcome> {
    if (api === 'chooseAvatar') {
      const avatarUrl = files.add(avatarPicture([7, 193, 96]), '.png')
      return { kind: 'ok', result: { avatarUrl } }
    }
    if (api === 'showModal') return { kind: 'ok', result: { confirm: true, cancel: false } }
    if (api === 'openSetting') return { kind: 'ok', result: { authSetting: {} } }
    const give = grants.get(api)
    if (!give) return { kind: 'ok', result: {} }
    if (!standIn) {
      unanswered.push(api)
      return {
        kind: 'fail',
        errMsg: `${api}:fail nothing is prepared, and no stand-in is connected`,
      }
    }
    try {
      return { kind: 'ok', result: await give(standIn) }
    } catch (error) {
      return { kind: 'fail', errMsg: `${api}:fail ${(error as Error).message}` }
    }
  }

  const settle = (api: string, answer: Answer): Outcome | Promise<Outcome> => {
    if (answer === 'ask') return { kind: 'ask' }
    if (answer === 'allow') return grant(api)
    if (answer === 'refuse' && api === 'showModal') {
      return { kind: 'ok', result: { confirm: false, cancel: true } }
    }
    if (answer === 'refuse') return { kind: 'fail', errMsg: refusal(api, platform) }
    if (!isFailed(answer)) return { kind: 'ok', result: answer }
    const errMsg = `${api}:fail ${answer.fail}`
    return answer.errno === undefined
      ? { kind: 'fail', errMsg }
      : { kind: 'fail', errMsg, errno: answer.errno }
  }

  return {
    unanswered,
    async call(call) {
      const { api, choice } = call
      if (choice) return settle(api, choice)
      // A button asks its person; only the API of the same name has an answer of its own.
      const fallback = call.options.openType === true ? undefined : defaults.get(api)
      const answer = (await side.answer(api, call.options)) ?? fallback
      if (answer !== undefined) return settle(api, answer)
      unanswered.push(api)
      return { kind: 'fail', errMsg: `${api}:fail nothing is prepared for it in this run` }
    },
  }
}
