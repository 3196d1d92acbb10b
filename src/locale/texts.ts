import { en } from './en'
import { useTexts, type OwnTexts } from './useTexts'
import { zhHans } from './zhHans'

/** Texts of an app's own in the place of the components', e.g. `{ cancel: '以后再说' }`. */
export type AuthTexts = OwnTexts<typeof zhHans>

/** What the components of sign-in say, in the app's language. */
export const useAuthTexts = (own?: () => AuthTexts | undefined) => useTexts({ en, zhHans }, own)
