import { defineBuiltIn } from './builtIn'

/** Inline text; line breaks are kept by the style sheet. */
export const text = defineBuiltIn(
  'text',
  {
    selectable: false,
    userSelect: false,
    space: '',
    decode: false,
    overflow: 'visible',
    maxLines: 0,
  },
  (node) => ({
    update() {
      const { selectable, userSelect, maxLines } = node.props
      node.dom.style.userSelect = selectable || userSelect ? 'text' : ''
      if (maxLines > 0) node.dom.style.setProperty('-webkit-line-clamp', String(maxLines))
    },
  }),
)

/** Text and pictures in a line (WeChat: span). */
export const span = defineBuiltIn('span', {})
