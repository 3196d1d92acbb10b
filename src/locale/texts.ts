import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { en } from './en'
import { zhHans } from './zhHans'

/** What the components say to the user. */
export type Texts = typeof zhHans

/** Texts of an app's own in the place of some of them, e.g. `{ cancel: '以后再说' }`. */
export type AuthTexts = { [Name in keyof Texts]?: Partial<Texts[Name]> | undefined }

let locale: ShallowRef<string> | undefined

/** The app's language; follows `uni.setLocale`. One subscription: uni-app takes none back. */
function currentLocale(): string {
  if (!locale) {
    const current = shallowRef(uni.getLocale())
    uni.onLocaleChange((change) => (current.value = change.locale as string))
    locale = current
  }
  return locale.value
}

/** The components' texts in the app's language, English or else Chinese, and the app's own ones. */
export function useTexts(own?: () => AuthTexts | undefined): ComputedRef<Texts> {
  return computed(() => merge(currentLocale().startsWith('en') ? en : zhHans, own?.()))
}

function merge(texts: Texts, own: AuthTexts = {}): Texts {
  const entries = Object.entries(own).map(([name, text]) => {
    const standard = texts[name as keyof Texts]
    return [name, typeof text === 'object' ? { ...(standard as object), ...text } : text]
  })
  return { ...texts, ...Object.fromEntries(entries.filter(([, text]) => text !== undefined)) }
}
