import { randomBytes } from 'node:crypto'

/** 256 random bits: nobody guesses a name. */
const nameForm = /^[\w-]{43}$/

export function newAvatarName(): string {
  return randomBytes(32).toString('base64url')
}

/** Whether the text has the form of a picture's name. */
export function isAvatarName(text: string): boolean {
  return nameForm.test(text)
}
