export { hasConfirmKey, type KeyboardType } from './layouts'
export {
  createSoftKeyboard,
  type HeightListener,
  type KeyboardField,
  type KeyboardState,
  type KeyboardOptions,
  type SoftKeyboard,
} from './softKeyboard'
export { dismissOnTaps } from './touches'
export { confirmTypes, type ConfirmType } from './words'
