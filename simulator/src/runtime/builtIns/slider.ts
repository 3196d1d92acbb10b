import { defineBuiltIn } from './builtIn'

/** A value between two ends. */
export const slider = defineBuiltIn(
  'slider',
  {
    min: 0,
    max: 100,
    step: 1,
    value: 0,
    disabled: false,
    showValue: false,
    activeColor: '#1aad19',
    backgroundColor: '#e9e9e9',
    blockSize: 28,
    blockColor: '#ffffff',
    name: '',
  },
  (node) => {
    const range = document.createElement('input')
    range.type = 'range'
    const shown = document.createElement('span')
    node.dom.replaceChildren(range, shown)
    /** Fills the bar up to the value, and says it. */
    const draw = () => {
      const { min, max } = node.props
      const part = max > min ? (+range.value - min) / (max - min) : 0
      range.style.setProperty('--part', String(part))
      shown.textContent = range.value
    }
    range.addEventListener('input', () => {
      draw()
      node.emit('changing', { value: +range.value })
    })
    range.addEventListener('change', () => {
      node.set({ value: +range.value })
      node.emit('change', { value: +range.value })
    })
    return {
      update() {
        const { min, max, step, value, disabled, showValue } = node.props
        const { activeColor, backgroundColor, blockSize, blockColor } = node.props
        Object.assign(range, { min, max, step, disabled, value: String(value) })
        const looks = {
          '--active': activeColor,
          '--bar': backgroundColor,
          '--block': blockColor,
          // WeChat: slider, block-size.
          '--size': `${Math.min(28, Math.max(12, blockSize))}px`,
        }
        for (const [name, look] of Object.entries(looks)) range.style.setProperty(name, look)
        shown.hidden = !showValue
        draw()
      },
      value: () => +range.value,
      reset: () => node.set({ value: node.props.min }),
    }
  },
)
