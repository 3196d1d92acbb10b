import { describe, expect, it } from 'vitest'
import {
  agree,
  confirm,
  crash,
  deniedBefore,
  ensure,
  notAsked,
  refuse,
  scope,
  silence,
  tell,
  use,
  useFakeClock,
  type Answer,
  type Call,
  type Host,
} from './permissionHost'

useFakeClock()

const both = (result: unknown, failure: unknown) => (call: Call) => {
  call.success(result)
  call.fail(failure)
}
const bothFailFirst = (failure: unknown, result: unknown) => (call: Call) => {
  call.fail(failure)
  call.success(result)
}
const twice = (result: unknown) => (call: Call) => {
  call.success(result)
  call.success(result)
}
const thenCrash = (result: unknown) => (call: Call) => {
  call.success(result)
  crash()
}

const denial = { errMsg: 'fail auth deny' }
const granted = { authSetting: { [scope]: true } }

describe('getSetting that', () => {
  it.each<[string, Answer]>([
    ['is missing', undefined],
    ['throws', crash],
    ['never calls back', silence],
    ['fails', refuse({ errMsg: 'getSetting:fail' })],
    ['fails before it answers', bothFailFirst({ errMsg: 'getSetting:fail' }, granted)],
    ['gives nothing', tell(undefined)],
    ['gives a text', tell('ok')],
    ['gives no settings', tell({ errMsg: 'getSetting:ok' })],
    ['gives settings of the wrong type', tell({ authSetting: 'all' })],
    ['gives an answer of the wrong type', tell({ authSetting: { [scope]: 'yes' } })],
  ])('%s leaves it to the question', async (_how, getSetting) => {
    const { names } = use({ getSetting, authorize: agree })
    expect(await ensure({ reason: '为了地图' })).toBe('granted')
    expect(names().at(-1)).toBe('authorize')
  })

  it.each<[string, Answer]>([
    ['fails after it answered', both(granted, denial)],
    ['calls back twice', twice(granted)],
    ['throws after it answered', thenCrash(granted)],
  ])('%s is taken at its first word', async (_how, getSetting) => {
    use({ getSetting, authorize: refuse(denial) })
    expect(await ensure()).toBe('granted')
  })
})

describe('authorize that', () => {
  it.each<[string, Answer]>([
    ['is missing', undefined],
    ['throws', crash],
    ['never calls back', silence],
    ['fails with nothing', refuse(undefined)],
    ['fails with a text', refuse('no')],
    ['fails with a number for a message', refuse({ errMsg: 7, errno: '112' })],
  ])('%s makes the permission unavailable', async (_how, authorize) => {
    use({ getSetting: notAsked, authorize })
    expect(await ensure({ reason: '为了地图' })).toBe('unavailable')
  })

  it.each<[string, Answer, string]>([
    ['agrees and then fails', both({}, denial), 'granted'],
    ['fails and then agrees', bothFailFirst(denial, {}), 'denied'],
    ['agrees twice', twice({}), 'granted'],
    ['agrees and throws', thenCrash({}), 'granted'],
    ['agrees with nothing', tell(undefined), 'granted'],
  ])('%s is taken at its first word', async (_how, authorize, permission) => {
    use({ getSetting: notAsked, authorize })
    expect(await ensure()).toBe(permission)
  })
})

describe('after an earlier denial', () => {
  const settings = { getSetting: deniedBefore, showModal: confirm, openSetting: tell({}) }

  it.each<[string, Host, number]>([
    ['showModal is missing', { showModal: undefined }, 0],
    ['showModal throws', { showModal: crash }, 0],
    ['showModal never calls back', { showModal: silence }, 0],
    ['showModal fails', { showModal: refuse({ errMsg: 'showModal:fail' }) }, 0],
    ['showModal gives nothing', { showModal: tell(undefined) }, 0],
    ['showModal gives a text', { showModal: tell('confirm') }, 0],
    ['showModal confirms with a text', { showModal: tell({ confirm: 'yes' }) }, 0],
    ['showModal fails and confirms', { showModal: bothFailFirst({}, { confirm: true }) }, 0],
    ['showModal confirms and fails', { showModal: both({ confirm: true }, {}) }, 1],
    ['showModal confirms twice', { showModal: twice({ confirm: true }) }, 1],
    ['showModal confirms and throws', { showModal: thenCrash({ confirm: true }) }, 1],
    ['getLocale throws', { getLocale: crash }, 0],
    ['getLocale gives nothing', { getLocale: silence }, 0],
    ['openSetting throws', { openSetting: crash }, 1],
    ['openSetting never calls back', { openSetting: silence }, 1],
    ['openSetting wants a tap', { openSetting: refuse({ errMsg: 'TAP gesture' }) }, 1],
    ['openSetting gives a text', { openSetting: tell('ok') }, 1],
    ['openSetting answers twice', { openSetting: twice({}) }, 1],
    ['openSetting answers and fails', { openSetting: both({}, {}) }, 1],
  ])('%s: it stays denied, and the settings open at most once', async (_how, host, opened) => {
    const { names } = use({ ...settings, ...host })
    expect(await ensure({ reason: '为了地图' })).toBe('denied')
    expect(names().filter((name) => name === 'openSetting')).toHaveLength(opened)
  })

  it('openSetting is missing: it stays denied', async () => {
    use({ ...settings, openSetting: undefined })
    expect(await ensure({ reason: '为了地图' })).toBe('denied')
  })

  it.each<[string, Answer]>([
    ['fails', refuse({ errMsg: 'openSetting:fail' })],
    ['says nothing', silence],
  ])(
    'openSetting %s, and yet the user has allowed it: it is granted',
    async (_how, openSetting) => {
      let reads = 0
      const getSetting = (call: Call) => call.success({ authSetting: { [scope]: reads++ > 0 } })
      use({ ...settings, getSetting, openSetting })
      expect(await ensure({ reason: '为了地图' })).toBe('granted')
    },
  )

  it('a setting that cannot be read again counts as denied', async () => {
    let reads = 0
    const getSetting = (call: Call) => (reads++ > 0 ? call.fail({}) : deniedBefore(call))
    use({ ...settings, getSetting })
    expect(await ensure({ reason: '为了地图' })).toBe('denied')
  })
})
