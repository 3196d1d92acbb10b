import { computed, ref } from 'vue'
import { getSystemInfo } from 'watchword/host'
import { en } from './texts/en'
import { zhHans, type AppTexts } from './texts/zhHans'

export type Language = 'zh-Hans' | 'en'
/** `auto` follows the phone. */
export type LanguageChoice = 'auto' | Language

const storageKey = 'language'
const languages: unknown[] = ['zh-Hans', 'en'] satisfies Language[]

export const languageChoice = ref<LanguageChoice>('auto')

export const language = computed<Language>(() => {
  if (languageChoice.value !== 'auto') return languageChoice.value
  return /^en/i.test(getSystemInfo().language) ? 'en' : 'zh-Hans'
})

/** The pages' texts in the app's language. */
export const texts = computed<AppTexts>(() => (language.value === 'en' ? en : zhHans))

/** At launch: what was chosen in the settings goes for the components too. */
export function restoreLanguage(): void {
  const stored = uni.getStorageSync(storageKey) as unknown
  languageChoice.value = languages.includes(stored) ? (stored as Language) : 'auto'
  uni.setLocale(language.value)
}

export function chooseLanguage(choice: LanguageChoice): void {
  languageChoice.value = choice
  uni.setLocale(language.value)
  uni.setStorage({ key: storageKey, data: choice, fail: () => undefined })
}
