import { beforeAll, describe, expect, test } from 'vitest'
import type { DrivenPage, LaunchOptions } from '@watchword/simulator'
import { FORM, createWorld, dayFromNow, formValues, hidden, type World } from './support/world'

let world: World
beforeAll(async () => {
  world = await createWorld()
})

type Platform = NonNullable<LaunchOptions['platform']>

/** Invented: what can be typed by the keys of the phone. */
const typed = { name: 'li', phone: '15400001234', address: 'a 8', note: 'no' }

/** The `id` of the field that has the focus. */
const focused = (phone: DrivenPage) =>
  phone.page.evaluate(() => document.activeElement?.closest('[id]')?.id)

const reached = (phone: DrivenPage, field: string) =>
  expect.poll(() => focused(phone), { message: field }).toBe(field)

async function keys(phone: DrivenPage, text: string) {
  for (const run of text.match(/\d+|\D+/g) ?? []) {
    const areLetters = /\D/.test(run)
    if (areLetters !== (await isLetters(phone))) await phone.key(areLetters ? 'ABC' : '123')
    for (const key of run) await phone.key(key === ' ' ? '空格' : key)
  }
}

const isLetters = async (phone: DrivenPage) =>
  (await phone.page.locator('#simulator-keyboard [aria-label="123"]').count()) > 0

/** The booking page, with the day chosen: the keyboard is up for the first field by then. */
async function open(platform: Platform, options: LaunchOptions = {}): Promise<DrivenPage> {
  const url = 'example/booking/booking?service=family'
  const phone = await world.launch('mei', { url, platform, ...options })
  await phone.waitFor('#submit')
  phone.answer('picker', { value: FORM.date })
  await phone.tap('#date')
  await reached(phone, 'name')
  return phone
}

async function gap(phone: DrivenPage, selector: string): Promise<number> {
  const bottom = (one: string) =>
    phone.locate(one).evaluate((element) => element.getBoundingClientRect())
  return (await bottom('.keyboard-bar')).top - (await bottom(selector)).bottom
}

describe.each<Platform>(['ios', 'android'])('the booking form on %s', (platform) => {
  test('is filled by keys alone, twice over, with a tap back in between', async () => {
    const phone = await open(platform)
    for (const round of [1, 2]) {
      if (round === 2) {
        await phone.tap('#name')
        await reached(phone, 'name')
        for (const field of ['name', 'address'] as const) {
          await phone.type(`#${field}`, '')
        }
        await phone.tap('#name')
        await reached(phone, 'name')
      }
      await keys(phone, typed.name)
      await phone.key('下一项')
      await reached(phone, 'phone')
      // Number pads of iPhones have no confirm key: the last digit moves on.
      if (round === 2) for (let i = 0; i < 2; i++) await phone.key('删除')
      await keys(phone, round === 2 ? typed.phone.slice(-2) : typed.phone)
      await reached(phone, 'address')
      await keys(phone, typed.address)
      await phone.key('下一项')
      await reached(phone, 'note')
    }
    await keys(phone, typed.note)
    await phone.key('换行')
    await keys(phone, 'ok')
    expect(await formValues(phone)).toEqual({
      ...typed,
      date: FORM.date,
      note: `${typed.note}\nok`,
    })
    await phone.tap('.keyboard-bar__done')
    await hidden(phone, '.keyboard-bar')
    expect(await phone.count('.auth-sheet')).toBe(0)
    await phone.tap('#submit')
    await phone.waitFor('.auth-sheet')
    await phone.close()
  })

  test('goes on again and again after taps back', async () => {
    const phone = await open(platform)
    for (const field of ['name', 'address', 'name', 'address', 'address', 'name']) {
      await phone.tap(`#${field}`)
      await reached(phone, field)
      await phone.key('下一项')
      await reached(phone, field === 'name' ? 'phone' : 'note')
    }
    await phone.close()
  })

  test('is gone through by the bar, there and back, and no field is covered', async () => {
    const phone = await open(platform, { fontScale: 1.4 })
    await phone.type('#note', 'one\ntwo\nthree\nfour\nfive\nsix')
    await phone.tap('#name')
    for (const field of ['phone', 'address', 'note']) {
      await phone.tap('.keyboard-bar__next')
      await reached(phone, field)
      await expect.poll(() => gap(phone, `#${field}`), { message: field }).toBeGreaterThan(0)
    }
    expect(await phone.count('.keyboard-bar__button--off')).toBe(1)
    for (const field of ['address', 'phone', 'name']) {
      await phone.tap('.keyboard-bar__previous')
      await reached(phone, field)
      await expect.poll(() => gap(phone, `#${field}`), { message: field }).toBeGreaterThan(0)
    }
    await phone.tap('.keyboard-bar__previous')
    // WeChat's picker opens by a tap only: it is shown whose turn it is.
    await phone.waitFor('.field--current #date')
    expect(await phone.keyboard()).toMatchObject({ visible: false })
    await phone.tap('.keyboard-bar__next')
    await reached(phone, 'name')
    await hidden(phone, '.field--current #date')
    await phone.tap('.keyboard-bar__done')
    await hidden(phone, '.keyboard-bar')
    expect(await phone.keyboard()).toMatchObject({ visible: false })
    await phone.close()
  })
})

test('lines that are added stay above the keyboard', async () => {
  const phone = await open('ios')
  await phone.tap('#note')
  await reached(phone, 'note')
  for (let line = 1; line <= 9; line++) {
    await phone.key('换行')
    await expect.poll(() => gap(phone, '#note'), { message: `line ${line}` }).toBeGreaterThan(11)
  }
  // And no further than that.
  await expect.poll(() => gap(phone, '#note')).toBeCloseTo(12, 0)
  await phone.close()
})

test('submitting goes to the first field that is missing', async () => {
  const phone = await world.launch('mei', { url: 'example/booking/booking?service=family' })
  await phone.waitFor('#submit')
  await phone.tap('#submit')
  await phone.waitFor('.field--current #date')
  phone.answer('picker', { value: dayFromNow(3) })
  await phone.tap('#date')
  await reached(phone, 'name')
  await phone.type('#name', FORM.name)
  await phone.tap('#submit')
  await reached(phone, 'phone')
  await phone.close()
})

test('no field takes the focus by itself after coming back, and none has it when the map asks', async () => {
  const phone = await open('ios', { answers: { authorize: 'ask' } })
  await phone.waitFor('.field--current #name')
  await phone.background()
  await phone.foreground()
  await hidden(phone, '.field--current')
  expect(await phone.keyboard()).toMatchObject({ visible: false })
  await phone.tap('#phone')
  await reached(phone, 'phone')
  await phone.tap('#map')
  await phone.page.getByRole('dialog').waitFor()
  expect(await phone.keyboard()).toMatchObject({ visible: false })
  await phone.choose('不允许')
  await phone.close()
})
