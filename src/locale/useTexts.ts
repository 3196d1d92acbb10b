import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'

/** The same texts in each language that watchword speaks. */
export interface Languages<Texts> {
  en: Texts
  zhHans: Texts
}

/** Some of the texts, in an app's own words. */
export type OwnTexts<Texts> = { [Name in keyof Texts]?: Partial<Texts[Name]> | undefined }

let locale: ShallowRef<unknown> | undefined

// uni-app's types promise more.
declare const uni: {
  getLocale(): unknown
  onLocaleChange(listener: (change?: { locale?: unknown }) => void): void
}

/**
 * The app's language; follows `uni.setLocale`. One subscription: uni-app takes none back. A host that does
 * not say it is taken to speak Chinese: without texts no sheet would show.
 */
function currentLocale(): unknown {
  if (!locale) {
    const current = (locale = shallowRef<unknown>())
    try {
      current.value = uni.getLocale()
      uni.onLocaleChange((change) => (current.value = change?.locale))
    } catch {
      // What is known by now holds.
    }
  }
  return locale.value
}

/** The texts in the app's language, English or else Chinese, with the app's own ones put in. */
export function useTexts<Texts extends object>(
  { en, zhHans }: Languages<Texts>,
  own?: () => OwnTexts<Texts> | undefined,
): ComputedRef<Texts> {
  return computed(() => merge(/^en/.test(currentLocale() as string) ? en : zhHans, own?.()))
}

function merge<Texts extends object>(texts: Texts, own: OwnTexts<Texts> = {}): Texts {
  const entries = Object.entries(own).map(([name, text]) => {
    const standard = texts[name as keyof Texts]
    return [name, typeof text === 'object' ? { ...standard, ...text } : text]
  })
  return { ...texts, ...Object.fromEntries(entries.filter(([, text]) => text !== undefined)) }
}
