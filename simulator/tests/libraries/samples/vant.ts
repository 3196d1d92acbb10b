import type { Sample } from '../support/sample'
import { display } from './vant/display'
import { feedback } from './vant/feedback'
import { input } from './vant/input'

/** Vant Weapp (https://vant-ui.github.io/vant-weapp). */
export const vant: readonly Sample[] = [...display, ...feedback, ...input]
