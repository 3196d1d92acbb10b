import { HttpError } from 'watchword'
import type { BookingForm } from '../api'
import type { BookingTexts } from './texts'

type Field = keyof BookingForm

export type FieldErrors = Partial<Record<Field, string>>

interface Input {
  name: 'name' | 'phone' | 'address'
  type: 'text' | 'number'
}

/** What is typed in one line. */
export const inputs: Input[] = [
  { name: 'name', type: 'text' },
  { name: 'phone', type: 'number' },
  { name: 'address', type: 'text' },
]

/** As they stand on the page. */
export const fields = ['date', 'name', 'phone', 'address', 'note'] as const satisfies Field[]

/** How many characters an address may have. */
export const addressLimit = 200

/** How many characters a field takes: a mobile number in China has 11, one with area code 12. */
export function limitOf(field: Field, { phone }: BookingForm): number {
  if (field === 'phone') return phone.startsWith('1') ? 11 : 12
  return { name: 50, address: addressLimit, date: 10, note: 200 }[field]
}

/** The first and the last day that can be booked, in days from today. */
export const bookable = { first: 1, last: 90 }

function collect(errorOf: (field: Field) => string | undefined): FieldErrors {
  const errors: FieldErrors = {}
  for (const field of fields) {
    const error = errorOf(field)
    if (error) errors[field] = error
  }
  return errors
}

/** What is to be mended before the form is worth sending; empty if nothing is. */
export function check(form: BookingForm, { missing, wrongPhone }: BookingTexts): FieldErrors {
  return collect((field) => {
    if (field === 'note') return undefined
    if (!form[field]) return missing[field]
    return field === 'phone' && !/^\d{7,12}$/.test(form.phone) ? wrongPhone : undefined
  })
}

/**
 * The fields that the backend's 422 names; empty for any other failure. Its words are
 * Chinese whatever language is asked for: `own` takes their place where the app speaks another.
 */
export function refusedFields(error: unknown, own?: BookingTexts['refused']): FieldErrors {
  if (!(error instanceof HttpError) || error.status !== 422) return {}
  const { errors = [] } = (error.problem ?? {}) as {
    errors?: { pointer: string; detail: string }[]
  }
  return collect((field) => {
    const refused = errors.find(({ pointer }) => pointer === `#/${field}`)
    return refused && (own?.[field] ?? refused.detail)
  })
}

/** The form as it is sent. */
export function trimmed({ name, phone, address, date, note }: BookingForm): BookingForm {
  return {
    name: name.trim(),
    phone: phone.trim(),
    address: address.trim(),
    date,
    note: note.trim(),
  }
}

/** YYYY-MM-DD in the phone's time zone, `days` from today. */
export function dayFromNow(days: number): string {
  const day = new Date()
  day.setDate(day.getDate() + days)
  const pad = (part: number) => String(part).padStart(2, '0')
  return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`
}
