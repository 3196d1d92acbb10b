import type { Sample } from '../support/sample'
import { display } from './wot/display'
import { feedback } from './wot/feedback'
import { input } from './wot/input'

/** Wot Design Uni (https://wot-design-uni.cn). */
export const wot: readonly Sample[] = [...display, ...feedback, ...input]
