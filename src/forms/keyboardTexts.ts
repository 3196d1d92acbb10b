import { useTexts } from '../locale/useTexts'

const zhHans = { previousField: '上一项', nextField: '下一项', doneTyping: '完成' }
const en: typeof zhHans = { previousField: 'Previous', nextField: 'Next', doneTyping: 'Done' }

/** Texts of an app's own in the place of the bar's, e.g. `{ doneTyping: '好了' }`. */
export type KeyboardTexts = Partial<typeof zhHans>

/** The bar's texts in the app's language. */
export const useKeyboardTexts = (own?: () => KeyboardTexts | undefined) =>
  useTexts({ en, zhHans }, own)
