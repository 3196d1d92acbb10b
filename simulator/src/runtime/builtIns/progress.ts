import { defineBuiltIn } from './builtIn'

/** A bar that shows how far something is. */
export const progress = defineBuiltIn(
  'progress',
  {
    percent: 0,
    showInfo: false,
    strokeWidth: 6,
    activeColor: '#09BB07',
    backgroundColor: '#EBEBEB',
  },
  (node) => {
    const bar = document.createElement('i')
    node.dom.replaceChildren(bar)
    return {
      update() {
        const { percent, strokeWidth, activeColor, backgroundColor } = node.props
        node.dom.style.background = backgroundColor
        bar.style.cssText = `display:block;width:${percent}%;height:${strokeWidth}px;background:${activeColor}`
      },
    }
  },
)
