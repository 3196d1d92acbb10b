import type { Sample } from '../support/sample'
import { display } from './uviewPlus/display'
import { feedback } from './uviewPlus/feedback'
import { input } from './uviewPlus/input'

/** uview-plus (https://uview-plus.jiangruyi.com). */
export const uviewPlus: readonly Sample[] = [...display, ...feedback, ...input]
