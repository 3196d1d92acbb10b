import { afterEach, describe, expect, it, vi } from 'vitest'
import { HttpError } from '../../../src/auth/errors'
import { check, dayFromNow, refusedFields } from '../../../example/booking/fields'
import { en, zhHans } from '../../../example/booking/texts'

const texts = zhHans

const filled = {
  name: '林小满',
  phone: '13900001111',
  address: '梧桐路 8 号',
  date: '2026-12-05',
  note: '',
}

describe('check', () => {
  it('finds nothing in a form that can be sent', () => {
    expect(check(filled, texts)).toEqual({})
  })

  it('names every field that is missing', () => {
    const empty = { name: '', phone: '', address: '', date: '', note: '' }
    expect(check(empty, texts)).toEqual(texts.missing)
  })

  it.each(['123', '12345678901234', '1390000111x'])('refuses %s for a phone number', (phone) => {
    expect(check({ ...filled, phone }, texts)).toEqual({ phone: '请填写正确的电话号码' })
  })
})

describe('refusedFields', () => {
  it("shows the backend's words beside the fields it names", () => {
    const errors = [
      { pointer: '#/phone', detail: '联系电话格式不对' },
      { pointer: '#/serviceId', detail: '请选择服务' },
    ]
    expect(refusedFields(new HttpError(422, { problem: { errors } }))).toEqual({
      phone: '联系电话格式不对',
    })
  })

  it('says it in words of its own where the backend speaks another language', () => {
    const errors = [{ pointer: '#/date', detail: '上门日期已过' }]
    const error = new HttpError(422, { problem: { errors } })
    expect(refusedFields(error, en.refused)).toEqual({ date: en.refused.date })
  })

  it.each([
    ['another status', new HttpError(500, { problem: { errors: [{ pointer: '#/phone' }] } })],
    ['a 422 without fields', new HttpError(422)],
    ['no answer at all', new Error('network')],
  ])('names no field for %s', (_, error) => {
    expect(refusedFields(error)).toEqual({})
  })
})

describe('dayFromNow', () => {
  afterEach(() => void vi.useRealTimers())

  it("counts in the phone's time zone, over the end of a month", () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 30, 23, 59) })
    expect(dayFromNow(1)).toBe('2026-12-01')
  })
})
