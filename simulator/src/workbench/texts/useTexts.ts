import {
  computed,
  inject,
  ref,
  watchEffect,
  type ComputedRef,
  type InjectionKey,
  type Ref,
} from 'vue'
import type { Setting } from '../settings'
import { en } from './en'
import { zh, type Texts } from './zh'

/** The workbench's own language; the phone's is one of its settings. */
export type PageLanguage = 'zh' | 'en'

/** What is said, and in which language. */
export interface SpokenTexts {
  readonly language: Readonly<Ref<PageLanguage>>
  readonly t: ComputedRef<Texts>
  /** Changes to the other language, and remembers it. */
  switchLanguage(): void
}

/** Speaks as remembered, else as the browser does; Chinese, or English for all others. */
export function createTexts(remembered: Setting<PageLanguage | null>): SpokenTexts {
  const ofBrowser = /^zh\b/i.test(navigator.language) ? 'zh' : 'en'
  const language = ref<PageLanguage>(remembered.read() ?? ofBrowser)
  const t = computed(() => ({ zh, en })[language.value])
  watchEffect(() => {
    document.documentElement.lang = { zh: 'zh-CN', en: 'en' }[language.value]
    document.title = t.value.title
  })
  return {
    language,
    t,
    switchLanguage() {
      language.value = language.value === 'zh' ? 'en' : 'zh'
      remembered.write(language.value)
    },
  }
}

/** Where components find the texts. */
export const textsKey: InjectionKey<SpokenTexts> = Symbol('texts')

/** The texts of the page that a component is in. */
export const useTexts = (): SpokenTexts => inject(textsKey)!
