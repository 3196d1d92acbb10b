import { useTexts } from '../locale/useTexts'

const zhHans = { previousField: '上一项', nextField: '下一项', doneTyping: '完成' }
const en: typeof zhHans = { previousField: 'Previous', nextField: 'Next', doneTyping: 'Done' }

/** Your own texts for the bar, e.g. `{ doneTyping: '好了' }`. */
export type KeyboardTexts = Partial<typeof zhHans>

/** The bar's texts in the app's language. */
export const useKeyboardTexts = (own?: () => KeyboardTexts | undefined) =>
  useTexts({ en, zhHans }, own)
