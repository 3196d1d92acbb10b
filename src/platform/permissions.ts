import { callHost, type HostFailure } from './hostCall'

/**
 * What the user is asked for once, and what WeChat then remembers (WeChat: 授权, scope list).
 * User info and phone number are not among them: those are asked for at each press of their
 * button. Neither are address and invoice, which WeChat grants by itself.
 */
export type PermissionScope =
  | 'scope.userLocation'
  | 'scope.userFuzzyLocation'
  | 'scope.werun'
  | 'scope.record'
  | 'scope.camera'
  | 'scope.bluetooth'
  | 'scope.writePhotosAlbum'
  | 'scope.addPhoneContact'
  | 'scope.addPhoneCalendar'

/**
 * - `granted`: the call can be made now.
 * - `denied`: the user refused, now or earlier. WeChat asks no more; the user can change it in
 *   the settings, which `uni.openSetting` opens, only from a tap (WeChat: wx.openSetting).
 * - `undeclared`: the mini-program lacks a declaration: `requiredPrivateInfos` or `permission`
 *   in manifest.json, or the privacy contract in WeChat's console.
 * - `unavailable`: this host has no such permission to ask for, or did not answer.
 */
export type Permission = 'granted' | 'denied' | 'unavailable' | 'undeclared'

/** For reading what WeChat remembers, ms. */
const readLimit = 3000
/** For the user to answer WeChat's dialogue, ms. */
const answerLimit = 60_000

/**
 * Makes sure of a permission: asks the user unless WeChat remembers an answer. Never rejects;
 * answers after 63 s at the latest.
 */
export async function ensurePermission(scope: PermissionScope): Promise<Permission> {
  const remembered = await readAnswer(scope)
  if (remembered !== undefined) return remembered ? 'granted' : 'denied'
  try {
    await callHost((callbacks) => uni.authorize({ scope, ...callbacks }), answerLimit)
    return 'granted'
  } catch (failure) {
    return readRefusal(failure as HostFailure)
  }
}

async function readAnswer(scope: PermissionScope): Promise<boolean | undefined> {
  try {
    const result = await callHost((callbacks) => uni.getSetting(callbacks), readLimit)
    const { authSetting } = result as { authSetting: Record<string, unknown> }
    const answer = authSetting[scope]
    return typeof answer === 'boolean' ? answer : undefined
  } catch {
    // `authorize` knows the remembered answer too, and fails at once after a denial.
    return undefined
  }
}

// errno 112: not in the privacy contract; 103 and 104: the user refused the privacy contract.
function readRefusal({ errMsg, errno }: HostFailure): Permission {
  if (errno === 112 || /declared|permission desc/i.test(errMsg)) return 'undeclared'
  if (errno === 103 || errno === 104) return 'denied'
  return /den(y|ied)|cancel|not authorized/i.test(errMsg) ? 'denied' : 'unavailable'
}
