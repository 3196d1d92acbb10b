import { callHost, type HostFailure } from '../uni/hostCall'

const scopes = [
  'scope.userLocation',
  'scope.userFuzzyLocation',
  'scope.werun',
  'scope.record',
  'scope.camera',
  'scope.bluetooth',
  'scope.writePhotosAlbum',
  'scope.addPhoneContact',
  'scope.addPhoneCalendar',
] as const

/**
 * The permissions that WeChat asks for once and then remembers (WeChat: 授权, scope list).
 *
 * User info and phone number are not among them: WeChat asks for those at each press of their button.
 * For user info use `ProfileForm` or `auth.submitUserInfo`, for the number `PhoneNumberButton` or
 * `auth.submitPhoneNumber`. WeChat grants address and invoice by itself: call `uni.chooseAddress`
 * directly.
 */
export type PermissionScope = (typeof scopes)[number]

/**
 * - `granted`: the mini-program may make the call. The phone may still deny it to WeChat itself: see
 *   `uni.getAppAuthorizeSetting`, or how the call fails.
 * - `denied`: the user refused, now or earlier. WeChat does not ask again. The user can change it in
 *   the settings; a later call with a `reason` leads there.
 * - `undeclared`: a declaration is missing: `requiredPrivateInfos` or `permission` in manifest.json, or
 *   the privacy contract in WeChat's console.
 * - `unavailable`: the host has no such permission, the phone denies it to WeChat itself
 *   (`system permission denied`), or no answer came.
 */
export type Permission = 'granted' | 'denied' | 'unavailable' | 'undeclared'

/** How to lead a user who refused earlier to WeChat's settings. */
export interface PermissionOptions {
  /** Why to change the setting, in the user's language. Without it the settings do not open. */
  reason?: string
  /**
   * Label of the button that opens the settings. Default: `去设置`, or `Open` in an English app. At
   * more than four characters WeChat may not show the dialogue (WeChat: wx.showModal).
   */
  open?: string
  /** Label of the other button, of four characters at most. Default: `取消`, or `No`. */
  cancel?: string
}

/** For reading what WeChat remembers, ms. */
const readLimit = 3000
/** For the user to answer a dialogue, ms. */
const answerLimit = 60_000
/** For the user to find the way in the settings, ms. */
const settingsLimit = 300_000

const pending = new Map<PermissionScope, Promise<Permission>>()

/**
 * Asks the user for a permission, unless WeChat remembers an answer. After a denial WeChat never asks
 * again. With a `reason` it explains an earlier denial, and opens the settings if the user agrees. It
 * does not bother a user who has just refused. Concurrent calls for one scope share the first call's
 * question.
 * @param scope a value that TypeScript would reject resolves with `unavailable`.
 * @returns a promise that never rejects. It resolves within 63 s, with a `reason` within 6 min 6 s;
 * with `denied` if the user stays in the settings.
 * @example
 * import { ensurePermission } from 'watchword/host'
 *
 * const permission = await ensurePermission('scope.userLocation', {
 *   reason: '选择地址需要您的位置，请在设置中允许。',
 * })
 * if (permission === 'granted') uni.chooseLocation({})
 */
export function ensurePermission(
  scope: PermissionScope,
  options?: PermissionOptions,
): Promise<Permission> {
  if (!scopes.includes(scope)) return Promise.resolve('unavailable')
  const asked =
    pending.get(scope) ?? ask(scope, { ...options }).finally(() => pending.delete(scope))
  pending.set(scope, asked)
  return asked
}

async function ask(scope: PermissionScope, options: PermissionOptions): Promise<Permission> {
  const remembered = await readAnswer(scope)
  if (remembered === undefined) return request(scope)
  if (remembered) return 'granted'
  const { reason, open, cancel } = options
  if (!reason) return 'denied'
  await offerSettings(reason, open, cancel)
  return (await readAnswer(scope)) ? 'granted' : 'denied'
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

async function request(scope: PermissionScope): Promise<Permission> {
  try {
    await callHost((callbacks) => uni.authorize({ scope, ...callbacks }), answerLimit)
    return 'granted'
  } catch (failure) {
    return readRefusal(failure as HostFailure)
  }
}

// errno 112: not in the privacy contract; 103 and 104: the user refused the privacy contract.
function readRefusal({ errMsg, errno }: HostFailure): Permission {
  if (errno === 112 || /declared|permission desc/i.test(errMsg)) return 'undeclared'
  if (errno === 103 || errno === 104) return 'denied'
  if (/system permission/i.test(errMsg)) return 'unavailable'
  return /den(y|ied)|cancel|not authorized/i.test(errMsg) ? 'denied' : 'unavailable'
}

/** Ends when the user has been to the settings, or did not go there for whatever reason. */
async function offerSettings(reason: string, open?: string, cancel?: string): Promise<void> {
  try {
    await callHost(
      (callbacks) => {
        const isEnglish = uni.getLocale().startsWith('en')
        return uni.showModal({
          content: reason,
          confirmText: open ?? (isEnglish ? 'Open' : '去设置'),
          cancelText: cancel ?? (isEnglish ? 'No' : '取消'),
          ...callbacks,
        })
      },
      answerLimit,
      // WeChat takes the confirmation for the tap that openSetting needs, but only in the callback
      // itself: on iOS not even after a promise (WeChat: 触摸与点击事件, 点击态).
      (result) =>
        (result as UniApp.ShowModalRes | null)?.confirm === true &&
        callHost((callbacks) => uni.openSetting(callbacks), settingsLimit),
    )
  } catch {
    // What holds is what WeChat remembers.
  }
}
