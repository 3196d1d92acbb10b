import { defineBuiltIn } from './builtIn'

const signs: Record<string, string> = {
  success: '✓',
  info: 'i',
  warn: '!',
  waiting: '…',
  cancel: '×',
  download: '↓',
  search: '⌕',
  clear: '×',
}

/** One of WeChat's icons, as a sign in a circle. */
export const icon = defineBuiltIn('icon', { type: '', size: 23, color: '' }, (node) => ({
  update() {
    const { type, size, color } = node.props
    node.dom.textContent = signs[type] ?? ''
    node.dom.style.cssText = `width:${size}px;height:${size}px;line-height:${size}px;font-size:${size * 0.7}px`
    node.dom.style.background = color || (type === 'warn' ? '#F76260' : '#09BB07')
  },
}))
