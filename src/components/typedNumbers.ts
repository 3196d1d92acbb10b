/** What the keyboards of Chinese input methods call digits and plus. */
function halfWidth(text: string): string {
  return text.replace(/[０-９＋]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
}

/** Also the marks of direction that iOS puts around a number that is copied from the contacts. */
const separators = /[\s().\-\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2060-\u2069]/g

/**
 * A phone number as it goes over the wire: 11 digits in mainland China, otherwise with a leading plus.
 * WeChat's keyboard for numbers has no plus: there, 00 takes its place, as when one dials.
 * @returns `undefined`: it is none.
 */
export function phoneIn(typed: string): string | undefined {
  const number = halfWidth(typed)
    .replace(separators, '')
    .replace(/^00/, '+')
    .replace(/^\+?86(?=1\d{10}$)/, '')
  return /^(1\d{10}|\+[1-9]\d{5,14})$/.test(number) ? number : undefined
}

/** How many digits a text code has. */
export const CODE_LENGTH = 6

/** The digits of a text code, also of one that was pasted as `123 456`. */
export function codeIn(typed: string): string {
  return halfWidth(typed).replace(/\D/g, '').slice(0, CODE_LENGTH)
}

/** What any backend takes for a password; it may refuse more, e.g. the commonest ones. */
export function isPassword(typed: string): boolean {
  const length = [...typed].length
  return length >= 8 && length <= 128
}
