import { defineBuiltIn, type BuiltIn } from './builtIn'

/** Components that show something of their own: here an empty box with their name. */
const boxes = [
  'ad',
  'ad-custom',
  'ad-draw',
  'audio',
  'camera',
  'channel-live',
  'channel-video',
  'editor',
  'live-player',
  'live-pusher',
  'official-account',
  'official-account-publish',
  'open-data',
  'store-coupon',
  'store-home',
  'store-product',
  'voip-room',
  'xr-frame',
]

/** Components that arrange what is inside them: that is shown, without the arrangement. */
const frames = [
  'double-tap-gesture-handler',
  'draggable-sheet',
  'force-press-gesture-handler',
  'functional-page-navigator',
  'grid-builder',
  'grid-view',
  'horizontal-drag-gesture-handler',
  'keyboard-accessory',
  'list-builder',
  'list-view',
  'long-press-gesture-handler',
  'native-component',
  'nested-scroll-body',
  'nested-scroll-header',
  'open-container',
  'open-data-item',
  'open-data-list',
  'pan-gesture-handler',
  'scale-gesture-handler',
  'selection',
  'share-element',
  'snapshot',
  'sticky-header',
  'sticky-section',
  'tap-gesture-handler',
  'vertical-drag-gesture-handler',
]

const placeholder = (tag: string, isBox: boolean): BuiltIn =>
  defineBuiltIn(tag, {}, ({ dom }, { reportMissing }) => {
    const route = dom.closest('wx-page')?.getAttribute('is') ?? ''
    reportMissing(`<${tag}>`, `${route}.wxml: <${tag}> is not modelled by the simulator`)
    // Attributes: the framework writes the classes anew whenever the app changes them.
    if (isBox) dom.dataset.placeholder = `<${tag}>`
    else dom.dataset.frame = ''
    return {}
  })

/** In place of the built-in components of WeChat (组件 in its reference) that are not modelled. */
export const placeholders: readonly BuiltIn[] = [
  ...boxes.map((tag) => placeholder(tag, true)),
  ...frames.map((tag) => placeholder(tag, false)),
]
