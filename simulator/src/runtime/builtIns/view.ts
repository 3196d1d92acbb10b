import { defineBuiltIn } from './builtIn'

const hover = {
  hoverClass: 'none',
  hoverStopPropagation: false,
  hoverStartTime: 50,
  hoverStayTime: 400,
}

/** A block. `hover-class` is taken but not shown. */
export const view = defineBuiltIn('view', hover)

/** A view over native components; there are none here, so it is a view. */
export const coverView = defineBuiltIn('cover-view', {})

/** Moved to the document's root by WeChat; here it stays where it is. */
export const rootPortal = defineBuiltIn('root-portal', { enable: true })
