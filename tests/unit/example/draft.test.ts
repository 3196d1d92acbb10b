import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  emptyForm,
  parseDraft,
  readDraft,
  removeDraft,
  saveDraft,
} from '../../../example/booking/draft'
import { forgetDrafts } from '../../../example/drafts'
import { dayFromNow } from '../../../example/booking/fields'

const form = {
  name: '林小舟',
  phone: '15400001234',
  address: '梧桐路 8 号',
  date: dayFromNow(7),
  note: '',
}

/** The phone's storage; `refuses`: every call of it fails or throws. */
function stubStorage(stored = new Map<string, unknown>(), refuses = false) {
  const call = (act: () => void) => () => {
    if (refuses) throw new Error('storage is broken')
    act()
  }
  vi.stubGlobal('uni', {
    getStorageSync(key: string): unknown {
      call(() => undefined)()
      return stored.get(key) ?? ''
    },
    getStorageInfoSync() {
      call(() => undefined)()
      return { keys: [...stored.keys()] }
    },
    removeStorageSync: (key: string) => call(() => stored.delete(key))(),
    setStorage({ key, data, fail }: { key: string; data: unknown; fail: () => void }) {
      if (refuses) fail()
      else stored.set(key, data)
    },
    removeStorage({ key, fail }: { key: string; fail: () => void }) {
      if (refuses) fail()
      else stored.delete(key)
    },
  })
  return stored
}

beforeEach(() => void stubStorage())
afterEach(() => vi.unstubAllGlobals())

describe('a draft', () => {
  it('is there again, for its own service only', () => {
    saveDraft('piano', form)
    expect(readDraft('piano')).toEqual(form)
    expect(readDraft('family')).toEqual(emptyForm())
  })

  it('is gone once it is booked, or once everything is cleared', () => {
    const stored = stubStorage()
    saveDraft('piano', form)
    removeDraft('piano')
    saveDraft('family', form)
    saveDraft('family', emptyForm())
    expect([...stored]).toEqual([])
  })

  it('is a copy: what is typed afterwards is not in it', () => {
    const typed = { ...form }
    saveDraft('piano', typed)
    typed.name = ''
    expect(readDraft('piano').name).toBe(form.name)
  })

  it.each([
    ['a day that is past', '2026-12-04'],
    ['a day too far ahead', '2027-03-06'],
    ['no day', 'tomorrow'],
  ])('loses %s, and nothing else', (_, date) => {
    expect(parseDraft({ ...form, date }, '2026-12-05', '2027-03-05')).toEqual({ ...form, date: '' })
  })

  it.each(['2026-12-05', '2027-03-05'])('keeps the day %s, which can be booked', (date) => {
    expect(parseDraft({ ...form, date }, '2026-12-05', '2027-03-05').date).toBe(date)
  })

  it.each([
    ['nothing', ''],
    ['null', null],
    ['a text', '{"name":"林小舟"}'],
    ['a list', ['林小舟']],
    ['a part', { name: '林小舟' }],
    ['a member of another type', { ...form, phone: 15_400_001_234 }],
  ])('that is damaged is ignored: %s', (_, stored) => {
    expect(parseDraft(stored, '2026-12-05', '2027-03-05')).toEqual(emptyForm())
  })

  it('drops members it does not know', () => {
    expect(parseDraft({ ...form, openid: 'o1' }, '2000-01-01', '2999-01-01')).toEqual(form)
  })
})

it('forgetting drafts forgets all of them, and nothing else that is stored', () => {
  const stored = stubStorage(new Map([['language', 'en']]))
  saveDraft('piano', form)
  saveDraft('family', form)
  forgetDrafts()
  expect([...stored.keys()]).toEqual(['language'])
})

it('storage that refuses everything disturbs nobody', () => {
  stubStorage(new Map(), true)
  saveDraft('piano', form)
  removeDraft('piano')
  forgetDrafts()
  expect(readDraft('piano')).toEqual(emptyForm())
})
