import type { DrivenPage, LaunchOptions } from '@watchword/simulator'
import { beforeAll, describe, expect, test } from 'vitest'
import { createWorld, FORM, formValues, hidden, launchFilled, type World } from '../support/world'

const BOOKING = 'example/booking/booking?service=small-van'
const PLACE = '湖滨市南岸区梧桐路 8 号 梧桐公园'
const notDeclared = { fail: 'api scope is not declared', errno: 112 }
const location = (isAllowed: boolean) => ({ 'scope.userLocation': isAllowed })

let world: World
beforeAll(async () => {
  world = await createWorld()
})

async function launchBooking(person: string, options: LaunchOptions) {
  const phone = await world.launch(person, { url: BOOKING, ...options })
  await phone.waitFor('#map')
  return phone
}
const address = async (phone: DrivenPage) => (await formValues(phone)).address
const addressIs = (phone: DrivenPage, text: string) => expect.poll(() => address(phone)).toBe(text)
const told = (phone: DrivenPage) => expect.poll(() => phone.text('.field__map-note'))

describe('the address', () => {
  test('is chosen on the map once the location is allowed, and goes on by hand', async () => {
    const phone = await launchFilled(world, 'mapper', {
      answers: { authorize: 'ask', chooseLocation: 'ask' },
    })
    await phone.tap('#map')
    expect(await phone.page.getByRole('dialog').innerText()).toMatch(/用来在地图上选择搬家的地址/)
    await phone.choose('允许')
    await phone.choose('梧桐公园[\\s\\S]*')
    await addressIs(phone, PLACE)
    await phone.type('#address', `${PLACE} 2 栋 301`)
    expect(await formValues(phone)).toEqual({ ...FORM, address: `${PLACE} 2 栋 301` })
    // It is kept like what is typed, and asked for only once.
    await phone.restart(BOOKING)
    await phone.waitFor('.restored')
    expect(await address(phone)).toBe(`${PLACE} 2 栋 301`)
    await phone.tap('#map')
    await phone.choose('取消')
    expect(await address(phone)).toBe(`${PLACE} 2 栋 301`)
    expect(await phone.count('.field__map-note')).toBe(0)
    await phone.close()
  })

  test('mends the error under an empty field', async () => {
    const phone = await launchBooking('mender', {
      authSetting: location(true),
      answers: { chooseLocation: 'allow' },
    })
    await phone.tap('#submit')
    await phone.waitFor('.field__error')
    const errors = await phone.count('.field__error')
    await phone.tap('#map')
    await addressIs(phone, PLACE)
    expect(await phone.count('.field__error')).toBe(errors - 1)
    await phone.close()
  })

  test('is typed by a user who refuses the location, and is not asked again', async () => {
    const phone = await launchFilled(world, 'refuser', { answers: { authorize: 'ask' } })
    await phone.tap('#map')
    await phone.choose('不允许')
    await told(phone).toMatch(/直接填写/)
    expect(await phone.page.getByRole('dialog').count()).toBe(0)
    expect(await formValues(phone)).toEqual(FORM)
    await phone.type('#address', '梧桐路 9 号')
    expect(await address(phone)).toBe('梧桐路 9 号')
    await phone.close()
  })

  // On iOS the settings open from within the dialogue's callback or not at all.
  test.each(['ios', 'android'] as const)(
    'is chosen on %s after an earlier refusal, by way of the settings',
    async (platform) => {
      const phone = await launchBooking(`changer ${platform}`, {
        platform,
        answers: { authorize: 'refuse', openSetting: 'ask', chooseLocation: 'allow' },
      })
      await phone.tap('#map')
      await told(phone).toMatch(/再点“地图”/)
      await phone.tap('#map')
      const dialogue = phone.page.getByRole('dialog')
      expect(await dialogue.innerText()).toMatch(/需要您的位置[\s\S]*取消[\s\S]*去设置/)
      await phone.choose('去设置')
      await phone.page.getByRole('switch', { name: '你的位置信息' }).click()
      await phone.choose('返回')
      await addressIs(phone, PLACE)
      expect(await phone.count('.field__map-note')).toBe(0)
      await phone.close()
    },
  )

  test.each<[string, LaunchOptions, RegExp, string[]]>([
    [
      'was refused, and stays so',
      {
        authSetting: location(false),
        answers: {
          showModal: ['refuse', 'allow', 'allow'],
          openSetting: [{}, { fail: 'not now' }],
        },
      },
      /未允许/,
      ['the explanation is cancelled', 'the settings stay as they are', 'the settings do not open'],
    ],
    [
      'can be neither asked for nor used',
      {
        authSetting: {},
        answers: {
          authorize: [notDeclared, { fail: 'system permission denied' }],
          chooseLocation: [notDeclared, { fail: 'system permission denied' }],
        },
      },
      /没能从地图/,
      ['the privacy contract does not name it', 'the phone does not let WeChat'],
    ],
    [
      'is allowed, but does not help',
      {
        authSetting: location(true),
        answers: { chooseLocation: [{ fail: 'no network' }, { name: '', address: '' }] },
      },
      /没能从地图/,
      ['the map fails', 'the place has no name'],
    ],
  ])('is typed where the location %s', async (how, options, text, ways) => {
    const phone = await launchBooking(how, options)
    for (const way of ways) {
      await phone.tap('#map')
      await expect.poll(() => phone.text('.field__map-note'), { message: way }).toMatch(text)
      const byHand = `${FORM.address}: ${way}`
      await phone.type('#address', byHand)
      expect(await address(phone)).toBe(byHand)
    }
    // Each way was gone: no answer is left.
    await phone.close()
  })
})

test('all of it speaks English', async () => {
  const phone = await launchBooking('english mapper', {
    language: 'en',
    authSetting: location(false),
    answers: { openSetting: 'ask', chooseLocation: 'allow' },
  })
  expect(await phone.text('#map')).toBe('Map')
  await phone.tap('#map')
  expect(await phone.page.getByRole('dialog').innerText()).toMatch(
    /The map needs your location[\s\S]*No[\s\S]*Open/,
  )
  await phone.choose('No')
  await told(phone).toMatch(/Type the address/)
  await phone.tap('#map')
  await phone.choose('Open')
  await phone.page.getByRole('switch', { name: 'your location' }).click()
  await phone.choose('Back')
  await addressIs(phone, PLACE)
  await hidden(phone, '.field__map-note')
  await phone.close()
})

test('the settings say whether the location is allowed, and what for', async () => {
  const phone = await world.launch('asker', {
    url: 'example/settings/settings',
    answers: { openSetting: [{ authSetting: location(false) }, { authSetting: location(true) }] },
  })
  const row = () => phone.page.locator('.permission', { hasText: '位置信息' }).innerText()
  await expect.poll(row).toMatch(/使用时[\s\S]*选择搬家地址/)
  await phone.tap('#open-setting')
  await expect.poll(row).toMatch(/未允许/)
  await phone.tap('#open-setting')
  await expect.poll(row).toMatch(/已允许/)
  await phone.close()
})
