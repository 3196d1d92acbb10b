import type { Visitor } from './visitor'

/** What an invented person fills in; the day is the first that can be booked. */
export const FORM = {
  name: '林小舟',
  phone: '15400001234',
  address: '梧桐路 8 号 2 栋 301',
  note: '没有电梯',
}

const fieldOf = (name: string) => (name === 'note' ? `#${name} textarea` : `#${name} input`)

/** From home, as a user does. */
export async function fillBooking(visitor: Visitor): Promise<void> {
  await visitor.open('example/home/home')
  await visitor.at('.service__book').first().click()
  await visitor.press('#date')
  await visitor.press('.uni-picker-action-confirm')
  for (const [name, value] of Object.entries(FORM)) await visitor.fill(fieldOf(name), value)
}

/** What is in the form now. */
export async function formValues(visitor: Visitor): Promise<Record<string, string>> {
  const values: Record<string, string> = {}
  for (const name of Object.keys(FORM)) values[name] = await visitor.at(fieldOf(name)).inputValue()
  return values
}
