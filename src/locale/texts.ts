import { en } from './en'
import { useTexts, type OwnTexts } from './useTexts'
import { zhHans } from './zhHans'

/** Your own texts for the components, e.g. `{ cancel: '以后再说' }`. */
export type AuthTexts = OwnTexts<typeof zhHans>

/** The texts of the sign-in components, in the app's language. */
export const useAuthTexts = (own?: () => AuthTexts | undefined) => useTexts({ en, zhHans }, own)
