import { en } from './en'
import { zhHans } from './zhHans'

/** What the components say to the user. */
export type Texts = typeof zhHans

/** The components' texts in the phone's language: English for English phones, else Chinese. */
export function currentTexts(): Texts {
  return uni.getLocale().startsWith('en') ? en : zhHans
}
