import { HttpError } from '../../index'
import type { BookingForm } from '../api'

export type FieldErrors = Partial<Record<keyof BookingForm, string>>

interface Input {
  name: Exclude<keyof BookingForm, 'date'>
  label: string
  type: 'text' | 'number'
  /** In characters. */
  limit: number
  hint: string
}

/** What is typed, in the order in which the keyboard's confirm key leads on. */
export const inputs: Input[] = [
  { name: 'name', label: '联系人', type: 'text', limit: 50, hint: '姓名' },
  { name: 'phone', label: '电话', type: 'number', limit: 12, hint: '上门前联系您' },
  { name: 'address', label: '地址', type: 'text', limit: 200, hint: '小区、楼栋、门牌号' },
  { name: 'note', label: '备注', type: 'text', limit: 200, hint: '选填，如有无电梯、大件家具' },
]

const rules: Record<keyof BookingForm, (value: string) => string | undefined | false> = {
  name: (value) => !value && '请填写联系人',
  phone: (value) =>
    value ? !/^\d{7,12}$/.test(value) && '请填写正确的电话号码' : '请填写联系电话',
  address: (value) => !value && '请填写地址',
  date: (value) => !value && '请选择日期',
  note: () => undefined,
}

const fields = Object.keys(rules) as (keyof BookingForm)[]

function collect(errorOf: (field: keyof BookingForm) => string | undefined | false): FieldErrors {
  const errors: FieldErrors = {}
  for (const field of fields) {
    const error = errorOf(field)
    if (error) errors[field] = error
  }
  return errors
}

/** What is to be mended before the form is worth sending; empty if nothing is. */
export function check(form: BookingForm): FieldErrors {
  return collect((field) => rules[field](form[field]))
}

/** The fields that the backend's 422 names, in its words; empty for any other failure. */
export function refusedFields(error: unknown): FieldErrors {
  if (!(error instanceof HttpError) || error.status !== 422) return {}
  const { errors = [] } = (error.problem ?? {}) as {
    errors?: { pointer: string; detail: string }[]
  }
  return collect((field) => errors.find(({ pointer }) => pointer === `#/${field}`)?.detail)
}

/** YYYY-MM-DD in the phone's time zone, `days` from today. */
export function dayFromNow(days: number): string {
  const day = new Date()
  day.setDate(day.getDate() + days)
  const pad = (part: number) => String(part).padStart(2, '0')
  return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`
}
