import { isVersionAtLeast } from '../version'
import type { Outcome } from '../wire'
import { avatarPicture, type TemporaryFiles } from './files'
import type { StandIn } from './standIn'

/** The person whose calls are allowed, and their phone. */
export interface GrantOptions {
  /** The source of codes and encrypted data; without it `allow` has nothing to hand out. */
  standIn: StandIn | undefined
  person: string
  sdkVersion: string
  files: TemporaryFiles
}

/** What the stand-in hands out when a call is allowed. */
type Grant = (standIn: StandIn) => Promise<Record<string, unknown>>

/** An invented place and its address, for those who allow what has no answer of its own. */
const place = { latitude: 30.2463, longitude: 120.1503 }
const samples: ReadonlyMap<string, Record<string, unknown>> = new Map<
  string,
  Record<string, unknown>
>([
  ['getLocation', { ...place, speed: -1, accuracy: 65, altitude: 0, verticalAccuracy: 0 }],
  ['getFuzzyLocation', { latitude: 30.25, longitude: 120.15 }],
  ['chooseLocation', { ...place, name: '梧桐公园', address: '湖滨市南岸区梧桐路 8 号' }],
  [
    'chooseAddress',
    {
      userName: '林小舟',
      postalCode: '310000',
      provinceName: '湖滨省',
      cityName: '湖滨市',
      countyName: '南岸区',
      streetName: '梧桐街道',
      detailInfo: '梧桐路 8 号',
      detailInfoNew: '梧桐路 8 号',
      nationalCode: '330100',
      telNumber: '15400001234',
    },
  ],
  ['showModal', { confirm: true, cancel: false }],
])

/**
 * What WeChat answers once a call is allowed: codes and encrypted data come from the stand-in. Where
 * one is needed and none is connected, the call fails and `onMissing` is called.
 */
export function createGrants(
  { standIn, person, sdkVersion, files }: GrantOptions,
  onMissing: (api: string) => void,
): (api: string) => Promise<Outcome> {
  // Newer base libraries return everybody's profile as "微信用户".
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

  return async (api) => {
    if (api === 'chooseAvatar') {
      const avatarUrl = files.add(avatarPicture([7, 193, 96]), '.png')
      return { kind: 'ok', result: { avatarUrl } }
    }
    const grant = grants.get(api)
    if (!grant) return { kind: 'ok', result: samples.get(api) ?? {} }
    if (!standIn) {
      onMissing(api)
      return {
        kind: 'fail',
        errMsg: `${api}:fail nothing is prepared, and no stand-in is connected`,
      }
    }
    try {
      return { kind: 'ok', result: await grant(standIn) }
    } catch (error) {
      return { kind: 'fail', errMsg: `${api}:fail ${(error as Error).message}` }
    }
  }
}
