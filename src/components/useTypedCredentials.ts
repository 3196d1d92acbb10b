import { reactive, type Ref } from 'vue'
import type { useSignInTexts } from '../locale/signInTexts'
import type { CredentialField, CredentialName } from './credentialFields'
import { CODE_LENGTH, isPassword, phoneIn } from './typedNumbers'

export interface TypedCredentials {
  /** Also of fields that are not shown now: the number stays when the way is changed. */
  readonly values: Record<CredentialName, string>
  /** What is wrong with the fields. */
  readonly problems: Partial<Record<CredentialName, string>>
  /** Whether there is such a field now. */
  has(name: CredentialName): boolean
  /** @returns whether it is another value than before */
  type(name: CredentialName, value: string): boolean
  /** Says what is wrong. @returns the first field that is wrong */
  check(): CredentialName | undefined
  /** For the backend; what there is no field for is empty. All fields must be right. */
  given(): { phone: string; smsCode: string; password: string }
  clearProblems(): void
  forgetSecrets(): void
}

/** What is typed into the fields of a sign-in form, and whether it can be sent. */
export function useTypedCredentials(
  fields: Readonly<Ref<readonly CredentialField[]>>,
  texts: ReturnType<typeof useSignInTexts>,
): TypedCredentials {
  const values = reactive({ phone: '', code: '', password: '', newPassword: '' })
  const problems = reactive<TypedCredentials['problems']>({})
  const has = (name: CredentialName) => fields.value.some((field) => field.name === name)

  function clearProblems(): void {
    for (const name of Object.keys(problems) as CredentialName[]) delete problems[name]
  }

  function problemIn(name: CredentialName): string | undefined {
    switch (name) {
      case 'phone':
        return phoneIn(values.phone) === undefined ? texts.value.phoneInvalid : undefined
      case 'code':
        return values.code.length < CODE_LENGTH ? texts.value.codeInvalid : undefined
      case 'password':
        return values.password === '' ? texts.value.passwordMissing : undefined
      case 'newPassword':
        return isPassword(values.newPassword) ? undefined : texts.value.newPasswordInvalid
    }
  }

  return {
    values,
    problems,
    has,
    type(name, value) {
      if (value === values[name]) return false
      values[name] = value
      delete problems[name]
      return true
    },
    check() {
      clearProblems()
      for (const { name } of fields.value) {
        const problem = problemIn(name)
        if (problem !== undefined) problems[name] = problem
      }
      return fields.value.find(({ name }) => problems[name])?.name
    },
    given: () => ({
      phone: phoneIn(values.phone) ?? '',
      smsCode: has('code') ? values.code : '',
      password: has('newPassword') ? values.newPassword : has('password') ? values.password : '',
    }),
    clearProblems,
    forgetSecrets: () => void Object.assign(values, { code: '', password: '', newPassword: '' }),
  }
}
