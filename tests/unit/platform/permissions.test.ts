import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ensurePermission } from '../../../src/platform/permissions'

const scope = 'scope.userLocation'

interface Call {
  scope?: string
  success(result: unknown): void
  fail(failure: unknown): void
}

type Answer = ((call: Call) => void) | undefined

const tell = (result: unknown) => (call: Call) => call.success(result)
const refuse = (failure: unknown) => (call: Call) => call.fail(failure)
const silence = () => {}
const crash = () => {
  throw new Error('broken')
}

const notAsked = tell({ authSetting: {} })
const agree = tell({ errMsg: 'authorize:ok' })

function use(getSetting: Answer, authorize: Answer) {
  const asked: (string | undefined)[] = []
  vi.stubGlobal('uni', {
    getSetting,
    authorize: authorize && ((call: Call) => (asked.push(call.scope), authorize(call))),
  })
  return asked
}

async function ensure() {
  const permission = ensurePermission(scope)
  await vi.advanceTimersByTimeAsync(63_000)
  return permission
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('ensurePermission', () => {
  it('asks the user once, and takes what WeChat remembers afterwards', async () => {
    const authSetting: Record<string, boolean> = {}
    const asked = use(tell({ authSetting }), (call) => {
      authSetting[scope] = true
      call.success({ errMsg: 'authorize:ok' })
    })
    expect(await ensure()).toBe('granted')
    expect(await ensure()).toBe('granted')
    expect(asked).toEqual([scope])
  })

  it('does not ask again after a denial, but takes the change made in the settings', async () => {
    const authSetting = { [scope]: false }
    const asked = use(tell({ authSetting }), agree)
    expect(await ensure()).toBe('denied')
    authSetting[scope] = true
    expect(await ensure()).toBe('granted')
    expect(asked).toEqual([])
  })

  it.each([
    ['denied', { errMsg: 'authorize:fail auth deny' }],
    ['denied', { errMsg: 'authorize:fail:auth denied' }],
    ['denied', { errMsg: 'authorize:fail auth canceled' }],
    ['denied', { errMsg: 'authorize:fail privacy permission is not authorized', errno: 103 }],
    ['denied', { errMsg: 'authorize:fail', errno: 104 }],
    ['undeclared', { errMsg: 'authorize:fail', errno: 112 }],
    ['undeclared', { errMsg: 'authorize:fail api scope is not declared in the privacy agreement' }],
    [
      'undeclared',
      { errMsg: 'authorize:fail the api need to be declared in the requiredPrivateInfos field' },
    ],
    ['undeclared', { errMsg: 'authorize:fail:require permission desc' }],
    ['unavailable', { errMsg: 'authorize:fail jsapi has no permission', errno: 102 }],
    ['unavailable', { errMsg: 'authorize:fail' }],
  ])('says %s for %o', async (permission, failure) => {
    use(notAsked, refuse(failure))
    expect(await ensure()).toBe(permission)
  })

  it.each<[string, Answer]>([
    ['is missing', undefined],
    ['throws', crash],
    ['never calls back', silence],
    ['fails', refuse({ errMsg: 'getSetting:fail' })],
    ['gives nothing', tell(undefined)],
    ['gives a text', tell('ok')],
    ['gives no settings', tell({ errMsg: 'getSetting:ok' })],
    ['gives settings of the wrong type', tell({ authSetting: 'all' })],
    ['gives an answer of the wrong type', tell({ authSetting: { [scope]: 'yes' } })],
  ])('asks the user when getSetting %s', async (_how, getSetting) => {
    const asked = use(getSetting, agree)
    expect(await ensure()).toBe('granted')
    expect(asked).toEqual([scope])
  })

  it.each<[string, Answer]>([
    ['is missing', undefined],
    ['throws', crash],
    ['never calls back', silence],
    ['fails with nothing', refuse(undefined)],
    ['fails with a text', refuse('no')],
    ['fails with a number for a message', refuse({ errMsg: 7, errno: '112' })],
  ])('says unavailable when authorize %s', async (_how, authorize) => {
    use(notAsked, authorize)
    expect(await ensure()).toBe('unavailable')
  })
})
