import { describe, expect, it, vi } from 'vitest'
import { ensurePermission, type PermissionScope } from '../../../src/host/permissions'
import {
  agree,
  confirm,
  deniedBefore,
  ensure,
  notAsked,
  refuse,
  scope,
  silence,
  tell,
  use,
  useFakeClock,
  type Call,
} from './permissionHost'

useFakeClock()

describe('ensurePermission', () => {
  it('asks the user once, and takes what WeChat remembers afterwards', async () => {
    const authSetting: Record<string, boolean> = {}
    const { calls, names } = use({
      getSetting: tell({ authSetting }),
      authorize: (call: Call) => {
        authSetting[scope] = true
        call.success({ errMsg: 'authorize:ok' })
      },
    })
    expect(await ensure()).toBe('granted')
    expect(await ensure()).toBe('granted')
    expect(names()).toEqual(['getSetting', 'authorize', 'getSetting'])
    expect(calls[1]?.call.scope).toBe(scope)
  })

  it('does not ask again after a denial, but takes the change made in the settings', async () => {
    const authSetting = { [scope]: false }
    const { names } = use({ getSetting: tell({ authSetting }), authorize: agree })
    expect(await ensure()).toBe('denied')
    authSetting[scope] = true
    expect(await ensure()).toBe('granted')
    expect(names()).toEqual(['getSetting', 'getSetting'])
  })

  it('takes null for no options', async () => {
    use({ getSetting: tell({ authSetting: { [scope]: false } }) })
    expect(await ensurePermission(scope, null!)).toBe('denied')
  })

  it.each([
    ['denied', { errMsg: 'authorize:fail auth deny' }],
    ['denied', { errMsg: 'authorize:fail:auth denied' }],
    ['denied', { errMsg: 'authorize:fail auth canceled' }],
    ['denied', { errMsg: 'authorize:fail privacy permission is not authorized', errno: 103 }],
    ['denied', { errMsg: 'authorize:fail', errno: 103 }],
    ['denied', { errMsg: 'authorize:fail', errno: 104 }],
    ['undeclared', { errMsg: 'authorize:fail', errno: 112 }],
    ['undeclared', { errMsg: 'authorize:fail api scope is not declared in the privacy agreement' }],
    [
      'undeclared',
      { errMsg: 'authorize:fail the api need to be declared in the requiredPrivateInfos field' },
    ],
    ['undeclared', { errMsg: 'authorize:fail:require permission desc' }],
    ['unavailable', { errMsg: 'authorize:fail jsapi has no permission', errno: 102 }],
    ['unavailable', { errMsg: 'authorize:fail:system permission denied' }],
    ['unavailable', { errMsg: 'authorize:fail' }],
  ])('says %s for %o', async (permission, failure) => {
    use({ getSetting: notAsked, authorize: refuse(failure) })
    expect(await ensure()).toBe(permission)
  })

  it.each<PermissionScope>([
    'scope.userLocation',
    'scope.userFuzzyLocation',
    'scope.werun',
    'scope.record',
    'scope.camera',
    'scope.bluetooth',
    'scope.writePhotosAlbum',
    'scope.addPhoneContact',
    'scope.addPhoneCalendar',
  ])('asks for %s', async (one) => {
    const { calls } = use({ getSetting: notAsked, authorize: agree })
    expect(await ensurePermission(one)).toBe('granted')
    expect(calls[1]?.call.scope).toBe(one)
  })

  it('shares one question between calls at the same time, and asks anew afterwards', async () => {
    const { calls, names } = use({ getSetting: notAsked, authorize: silence })
    const answers = [ensurePermission(scope), ensurePermission(scope, { reason: '为了地图' })]
    const camera = ensurePermission('scope.camera')
    await vi.advanceTimersByTimeAsync(1000)
    calls[2]?.call.success({})
    calls[3]?.call.fail({ errMsg: 'authorize:fail auth deny' })
    expect(await Promise.all(answers)).toEqual(['granted', 'granted'])
    expect(await camera).toBe('denied')
    expect(names()).toEqual(['getSetting', 'getSetting', 'authorize', 'authorize'])
    const later = ensurePermission(scope)
    await vi.advanceTimersByTimeAsync(1000)
    calls[5]?.call.success({})
    expect(await later).toBe('granted')
  })

  it('asks nobody for what nobody remembers', async () => {
    const { names } = use({ getSetting: tell({ authSetting: { 'scope.userInfo': true } }) })
    // @ts-expect-error User info is asked for by ProfileForm.
    const userInfo = ensurePermission('scope.userInfo')
    // @ts-expect-error A phone number is asked for by PhoneNumberButton.
    const phoneNumber = ensurePermission('getPhoneNumber')
    // @ts-expect-error WeChat grants it by itself.
    const address = ensurePermission('scope.address', { reason: '为了地址' })
    // @ts-expect-error A scope has to be named.
    const nothing = ensurePermission()
    // @ts-expect-error A text is not a scope.
    const text: PermissionScope = 'userLocation' as string
    const answers = [userInfo, phoneNumber, address, nothing, ensurePermission(text)]
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['unavailable']))
    expect(names()).toEqual([])
  })
})

describe('an earlier denial', () => {
  const reason = '地图需要您的位置'

  it('is explained with the reason, and what is changed in the settings holds', async () => {
    const authSetting = { [scope]: false }
    const { calls, names } = use({
      getSetting: tell({ authSetting }),
      showModal: confirm,
      openSetting: silence,
    })
    const permission = ensurePermission(scope, { reason })
    // Whoever looks for the switch may take minutes.
    await vi.advanceTimersByTimeAsync(240_000)
    authSetting[scope] = true
    calls.at(-1)?.call.success({ authSetting })
    expect(await permission).toBe('granted')
    expect(names()).toEqual(['getSetting', 'showModal', 'openSetting', 'getSetting'])
    expect(calls[1]?.call).toMatchObject({
      content: reason,
      confirmText: '去设置',
      cancelText: '取消',
    })
  })

  it('stays one when nothing is changed in the settings', async () => {
    const openSetting = tell({ authSetting: { [scope]: false } })
    const { names } = use({ getSetting: deniedBefore, showModal: confirm, openSetting })
    expect(await ensure({ reason })).toBe('denied')
    expect(names()).toContain('openSetting')
  })

  it('is not changed by a user who cancels the explanation', async () => {
    const showModal = tell({ confirm: false, cancel: true })
    const { names } = use({ getSetting: deniedBefore, showModal, openSetting: tell({}) })
    expect(await ensure({ reason })).toBe('denied')
    expect(names()).not.toContain('openSetting')
  })

  it('opens the settings within the callback of the confirmation', async () => {
    const { calls, names } = use({
      getSetting: deniedBefore,
      showModal: silence,
      openSetting: tell({}),
    })
    const permission = ensurePermission(scope, { reason })
    await vi.advanceTimersByTimeAsync(1000)
    calls[1]?.call.success({ confirm: true })
    // Nothing has been awaited: on iOS a promise would have lost the tap.
    expect(names().at(-1)).toBe('openSetting')
    expect(await permission).toBe('denied')
  })

  it('is not explained to who has refused just now', async () => {
    const { names } = use({
      getSetting: notAsked,
      authorize: refuse({ errMsg: 'authorize:fail auth deny' }),
      showModal: confirm,
      openSetting: tell({}),
    })
    expect(await ensure({ reason })).toBe('denied')
    expect(names()).toEqual(['getSetting', 'authorize'])
  })

  it.each([
    ['in English', {}, 'en', ['Open', 'No']],
    ['in any English', {}, 'en-GB', ['Open', 'No']],
    ["in the app's own words", { open: '打开', cancel: '不了' }, 'zh-Hans', ['打开', '不了']],
  ])('is explained %s', async (_how, words, locale, labels) => {
    const { calls } = use({
      getSetting: deniedBefore,
      showModal: tell({ confirm: false }),
      getLocale: () => locale,
    })
    await ensure({ reason, ...words })
    expect([calls[1]?.call.confirmText, calls[1]?.call.cancelText]).toEqual(labels)
  })

  it('leads nowhere once its time is over', async () => {
    const { calls, names } = use({
      getSetting: deniedBefore,
      showModal: silence,
      openSetting: tell({}),
    })
    expect(await ensure({ reason })).toBe('denied')
    calls[1]?.call.success({ confirm: true })
    expect(names()).toEqual(['getSetting', 'showModal', 'getSetting'])
  })
})
