// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import ProfileForm from '../../../src/components/ProfileForm.vue'
import { zhHans } from '../../../src/locale/zhHans'

beforeEach(() => void vi.stubGlobal('uni', { getLocale: () => 'zh-Hans', onLocaleChange() {} }))
afterEach(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})

const given = { errMsg: 'getUserInfo:ok', encryptedData: 'data', iv: 'iv' }
const refused = { errMsg: 'getUserInfo:fail auth deny' }

type Event = 'form' | 'userInfo'
const orders: Event[][] = [
  ['form', 'userInfo'],
  ['userInfo', 'form'],
]

/** A phone with this base library. */
const on = (SDKVersion: string) => ({ getAppBaseInfo: () => ({ SDKVersion }) })

/** The form on a phone; `press` is one press of its button, with the two events it causes. */
function createForm(component = ProfileForm) {
  const form = mount(component)
  const button = form.find('.profile-form__submit')
  const fire = {
    form: (nickname: string) => form.trigger('submit', { detail: { value: { nickname } } }),
    userInfo: (detail: object) => button.trigger('getuserinfo', { detail }),
  }
  return {
    form,
    button,
    fire,
    async press(order: Event[], { nickname = '', detail = given as object } = {}) {
      await form.find('input').trigger('input', { detail: { value: nickname } })
      await button.trigger('tap')
      for (const event of order) {
        await (event === 'form' ? fire.form(nickname) : fire.userInfo(detail))
      }
    },
    /** What the form emitted, in order; native events it passes on are not among it. */
    emitted: () => ({
      presses: form.emitted('press')?.length ?? 0,
      submits: form.emitted('submit')?.map(([submission]) => submission) ?? [],
    }),
    choose: (avatarUrl: string) =>
      form.find('.profile-form__avatar').trigger('chooseavatar', { detail: { avatarUrl } }),
    missing: () => form.find('.profile-form__error'),
  }
}

describe.each(orders)('a press that causes %s, then %s', (...order) => {
  it('submits the nickname with the data of the button, once', async () => {
    const { press, emitted } = createForm()
    await press(order, { nickname: ' 林小舟 ' })
    expect(emitted()).toEqual({ presses: 1, submits: [{ nickname: '林小舟', detail: given }] })
  })

  it('submits the picture that was chosen last', async () => {
    const { choose, press, emitted, form } = createForm()
    await choose('wxfile://tmp/first.png')
    await choose('wxfile://tmp/second.png')
    expect(form.find('.profile-form__picture').attributes('src')).toBe('wxfile://tmp/second.png')
    await press(order, { nickname: '林小舟' })
    expect(emitted().submits).toEqual([
      { nickname: '林小舟', avatarUrl: 'wxfile://tmp/second.png', detail: given },
    ])
  })

  it('submits a refusal, so that the page can say so', async () => {
    const { press, emitted } = createForm()
    await press(order, { nickname: '林小舟', detail: refused })
    expect(emitted().submits).toEqual([{ nickname: '林小舟', detail: refused }])
  })

  it.each(['', '   '])(
    'starts nothing when the nickname is "%s", and says so',
    async (nickname) => {
      const { press, emitted, missing } = createForm()
      await press(order, { nickname })
      expect(emitted()).toEqual({ presses: 0, submits: [] })
      expect(missing().text()).toBe(zhHans.nicknameMissing)
    },
  )

  it('takes nothing along from an earlier press without a nickname', async () => {
    const { press, emitted, missing } = createForm()
    await press(order, { nickname: '', detail: { ...given, iv: 'earlier' } })
    await press(order, { nickname: '林小舟' })
    expect(emitted()).toEqual({ presses: 1, submits: [{ nickname: '林小舟', detail: given }] })
    expect(missing().exists()).toBe(false)
  })

  it('says it each time it is pressed', async () => {
    const { press, emitted } = createForm()
    await press(order, { nickname: '林小舟', detail: refused })
    await press(order, { nickname: '林小舟' })
    expect(emitted()).toEqual({
      presses: 2,
      submits: [
        { nickname: '林小舟', detail: refused },
        { nickname: '林小舟', detail: given },
      ],
    })
  })
})

describe('the profile form', () => {
  it('stops saying that the nickname is missing when one is typed', async () => {
    const { form, press, missing } = createForm()
    await press(['form', 'userInfo'])
    await form.find('input').trigger('input', { detail: { value: '林' } })
    expect(missing().exists()).toBe(false)
  })

  it('takes no second press along while the first is being submitted', async () => {
    const { fire, form, press, emitted } = createForm()
    await press(['form', 'form', 'userInfo'], { nickname: '林小舟' })
    await form.setProps({ busy: true })
    await fire.userInfo({ ...given, iv: 'second' })
    await form.setProps({ busy: false })
    expect(emitted().submits).toHaveLength(1)
    await press(['form', 'userInfo'], { nickname: '林小舟', detail: { ...given, iv: 'third' } })
    expect(emitted().submits[1]).toMatchObject({ detail: { iv: 'third' } })
  })

  it('can be neither pressed nor changed while it is being submitted', async () => {
    const { form, button } = createForm()
    await form.setProps({ busy: true })
    const controls = [button, form.find('.profile-form__avatar'), form.find('input')]
    expect(controls.map((control) => 'disabled' in control.attributes())).toEqual([
      true,
      true,
      true,
    ])
  })

  it('shows how much of the picture has been sent, until all of it has', async () => {
    const { form, button } = createForm()
    await form.setProps({ busy: true, progress: 40 })
    expect(button.text()).toBe(`${zhHans.uploading} 40%`)
    await form.setProps({ progress: 100 })
    expect(button.text()).toBe(zhHans.profile.allow)
  })

  it('asks for the privacy agreement with the press', () => {
    const { button } = createForm()
    expect(button.attributes('open-type')).toBe('getUserInfo|agreePrivacyAuthorization')
  })

  it.each([
    ['2.32.2, which knows no agreement', on('2.32.2'), 'getUserInfo'],
    ['2.32.3, which does', on('2.32.3'), 'getUserInfo|agreePrivacyAuthorization'],
    ['one that does not tell its version', {}, 'getUserInfo|agreePrivacyAuthorization'],
  ])('has the open type for a base library of %s', (_, host, openType) => {
    vi.stubGlobal('uni', { ...uni, ...host })
    expect(createForm().button.attributes('open-type')).toBe(openType)
    vi.unstubAllGlobals()
  })

  it('outside WeChat, where no button gives user info, submits what was typed', async () => {
    vi.stubEnv('UNI_PLATFORM', 'h5')
    vi.resetModules()
    const elsewhere = await import('../../../src/components/ProfileForm.vue')
    const { press, emitted } = createForm(elsewhere.default)
    await press(['form'], { nickname: '林小舟' })
    expect(emitted().submits).toEqual([{ nickname: '林小舟' }])
  })
})

describe('where wx.getUserProfile asks', () => {
  type Answer = (callbacks: Record<'success' | 'fail', (given: unknown) => void>) => void

  it.each<[string, Answer, object]>([
    [
      'the user agreed',
      ({ success }) => success({ ...given, errMsg: 'getUserProfile:ok' }),
      { ...given, errMsg: 'getUserInfo:ok' },
    ],
    [
      'the user refused',
      ({ fail }) => fail({ errMsg: 'getUserProfile:fail auth deny' }),
      { errMsg: 'getUserInfo:fail auth deny' },
    ],
    ['nothing came', ({ success }) => success(undefined), { errMsg: '' }],
    ['null came', ({ success }) => success(null), { errMsg: '' }],
    ['a message came that is no text', ({ success }) => success({ errMsg: 7 }), { errMsg: '7' }],
  ])('a press is submitted once, also if %s', async (_how, getUserProfile, detail) => {
    vi.stubGlobal('uni', { ...uni, ...on('2.20.0'), getUserProfile })
    const { form, emitted } = createForm()
    await form.trigger('tap')
    await vi.waitFor(() => expect(emitted()).toEqual({ presses: 1, submits: [{ detail }] }))
  })
})
