import type { Sample } from '../support/sample'
import { display } from './tdesign/display'
import { feedback } from './tdesign/feedback'
import { input } from './tdesign/input'

/** TDesign for mini-programs (https://tdesign.tencent.com/miniprogram). */
export const tdesign: readonly Sample[] = [...display, ...feedback, ...input]
