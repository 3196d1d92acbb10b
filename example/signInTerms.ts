import { computed } from 'vue'
import { language } from './language'

export type Term = 'service' | 'privacy'

const titles: Record<'zh-Hans' | 'en', Record<Term, string>> = {
  'zh-Hans': { service: '用户协议', privacy: '隐私政策' },
  en: { service: 'Terms of Service', privacy: 'Privacy Policy' },
}

export const termTitle = (term: Term) => titles[language.value][term]

/** What users agree to before they sign in: outside of WeChat no platform has asked them yet. */
export const signInTerms = computed(() =>
  (['service', 'privacy'] as const).map((term) => ({
    title: termTitle(term),
    url: `/example/account/terms?term=${term}`,
  })),
)

/** Holds PasswordPage. */
export const passwordPage = '/example/account/password'
