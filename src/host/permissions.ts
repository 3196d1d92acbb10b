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
 * What the user is asked for once, and what WeChat then remembers (WeChat: 授权, scope list).
 *
 * User info and phone number are not among them, and do not compile: nobody remembers those, they
 * are asked for at each press of their button. Use `ProfileForm` or `auth.submitUserInfo` in the
 * place of `scope.userInfo`, `PhoneNumberButton` or `auth.submitPhoneNumber` for the number. Nor
 * are address and invoice, which WeChat grants by itself: call `uni.chooseAddress` right away.
 */
export type PermissionScope = (typeof scopes)[number]

/**
 * - `granted`: the mini-program may make the call now. Whether the phone lets WeChat itself is
 *   told by the call, or by `uni.getAppAuthorizeSetting`.
 * - `denied`: the user refused, now or earlier. WeChat asks no more; the user can change it in
 *   the settings, which a later call with a `reason` leads to.
 * - `undeclared`: the mini-program lacks a declaration: `requiredPrivateInfos` or `permission`
 *   in manifest.json, or the privacy contract in WeChat's console.
 * - `unavailable`: this host has no such permission to ask for, the phone does not let WeChat
 *   itself (`system permission denied`), or there was no answer.
 */
export type Permission = 'granted' | 'denied' | 'unavailable' | 'undeclared'

/** How a user is led to the settings who refused at an earlier time. */
export interface PermissionOptions {
  /** Why the settings should be opened, in the user's language. Without it nobody is led there. */
  reason?: string
  /**
   * The explanation's buttons; `去设置` and `取消` if not given, `Open` and `No` where the app's
   * locale is English. With more than four characters WeChat may not show it (WeChat: wx.showModal).
   */
  open?: string
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
 * Makes sure of a permission: asks the user unless WeChat remembers an answer. WeChat never asks
 * again after a denial; with a `reason` an earlier one is explained, and the settings are opened if
 * the user agrees. Who has refused just now is left in peace. Calls for the same scope at the same
 * time share one question, the first one's. Never rejects; answers after 63 s at the latest, after
 * 6 min 6 s with a `reason`: as `denied` where the settings were opened and not left.
 * @param scope any other value, as untyped code may give, is `unavailable` and asks nobody.
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
        uni.showModal({
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
