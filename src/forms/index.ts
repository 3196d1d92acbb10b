export { FocusChainError } from './focusChainError'
export { useFocusChain } from './useFocusChain'

export type { FocusChainErrorCode } from './focusChainError'
export type { FocusLink, FocusLinks } from './focusLinks'
export type { KeyboardTexts } from './keyboardTexts'
export type { FocusField, UseFocusChainOptions, UseFocusChainReturn } from './useFocusChain'
