import { codeIn } from './typedNumbers'

/** What the form is for. `bind`: a number for the account of the session. */
export type CredentialTask = 'sms' | 'password' | 'bind' | 'newPassword'

/** What a user types. */
export type CredentialName = 'phone' | 'code' | 'password' | 'newPassword'

/** A field's id, which is also its name in the focus chain. */
export type CredentialId = 'sign-in-phone' | 'sign-in-code' | 'sign-in-password' | 'new-password'

export interface CredentialField {
  name: CredentialName
  id: CredentialId
  /** As HTML names it, so that password managers and the fill-in of text codes know it. */
  autocomplete: string
  isSecret: boolean
}

const phone: CredentialField = {
  name: 'phone',
  id: 'sign-in-phone',
  autocomplete: 'tel',
  isSecret: false,
}
/** Beside a password the number is what a password manager keeps it under. */
const username: CredentialField = { ...phone, autocomplete: 'username' }
const code: CredentialField = {
  name: 'code',
  id: 'sign-in-code',
  autocomplete: 'one-time-code',
  isSecret: false,
}
const password: CredentialField = {
  name: 'password',
  id: 'sign-in-password',
  autocomplete: 'current-password',
  isSecret: true,
}
const newPassword: CredentialField = {
  name: 'newPassword',
  id: 'new-password',
  autocomplete: 'new-password',
  isSecret: true,
}

/** The fields of each task, in order. */
export const credentialFields: Record<CredentialTask, readonly CredentialField[]> = {
  sms: [phone, code],
  bind: [phone, code],
  password: [username, password],
  newPassword: [username, code, newPassword],
}

/** What a field keeps of what was typed or pasted. */
export const cleaned = (name: CredentialName, typed: string): string =>
  name === 'code' ? codeIn(typed) : typed
