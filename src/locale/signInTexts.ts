import { signInEn } from './signInEn'
import { signInZhHans } from './signInZhHans'
import { useTexts, type OwnTexts } from './useTexts'

/** Your own texts for the sign-in form and pages, e.g. `{ cancel: '先逛逛' }`. */
export type SignInTexts = OwnTexts<typeof signInZhHans>

/** Their texts, in the app's language. */
export const useSignInTexts = (own?: () => SignInTexts | undefined) =>
  useTexts({ en: signInEn, zhHans: signInZhHans }, own)

/** A text with its names in braces filled in. */
export function filledIn(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
