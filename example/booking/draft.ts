import type { BookingForm } from '../api'
import { draftKey } from '../drafts'
import { bookable, dayFromNow } from './fields'

const names = ['name', 'phone', 'address', 'date', 'note'] as const

export const emptyForm = (): BookingForm => ({
  name: '',
  phone: '',
  address: '',
  date: '',
  note: '',
})

export const isEmpty = (form: BookingForm) => names.every((name) => !form[name])

/**
 * What was stored, as a form to go on with: a day that can no longer be booked is dropped. Whatever
 * is no draft gives an empty form.
 */
export function parseDraft(stored: unknown, first: string, last: string): BookingForm {
  const form = emptyForm()
  if (typeof stored !== 'object' || stored === null) return form
  const draft = stored as Record<string, unknown>
  for (const name of names) {
    const value = draft[name]
    if (typeof value !== 'string') return emptyForm()
    form[name] = value
  }
  const isBookable =
    /^\d{4}-\d{2}-\d{2}$/.test(form.date) && form.date >= first && form.date <= last
  return { ...form, date: isBookable ? form.date : '' }
}

/** What was last filled in for this service. */
export function readDraft(serviceId: string): BookingForm {
  let stored: unknown
  try {
    stored = uni.getStorageSync(draftKey(serviceId))
  } catch {
    // A draft that cannot be read is none.
  }
  return parseDraft(stored, dayFromNow(bookable.first), dayFromNow(bookable.last))
}

/** At each change: the app may be killed at any time, without notice. */
export function saveDraft(serviceId: string, form: BookingForm): void {
  if (isEmpty(form)) return removeDraft(serviceId)
  uni.setStorage({ key: draftKey(serviceId), data: { ...form }, fail: ignore })
}

export function removeDraft(serviceId: string): void {
  uni.removeStorage({ key: draftKey(serviceId), fail: ignore })
}

/** The form goes on without being stored. */
const ignore = () => undefined
