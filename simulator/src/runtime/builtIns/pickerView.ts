import { closest, defineBuiltIn, inside, type BuiltInNode } from './builtIn'
import { scrollByDragging } from './dragScroll'

const columnsOf = (view: Pick<BuiltInNode, 'dom'>) => inside(view, 'picker-view-column')

const heightOf = (column: HTMLElement) =>
  parseFloat(getComputedStyle(column).getPropertyValue('--indicator-height')) || 34

const indexOf = (column: HTMLElement) => Math.round(column.scrollTop / heightOf(column))

/** Wheels of values; in each, the one in the middle is chosen. */
export const pickerView = defineBuiltIn(
  'picker-view',
  {
    value: [] as number[],
    indicatorStyle: '',
    indicatorClass: '',
    maskStyle: '',
    maskClass: '',
    immediateChange: false,
    name: '',
  },
  (node) => {
    const mask = document.createElement('div')
    const indicator = document.createElement('div')
    node.dom.append(mask, indicator)
    const turn = () => {
      columnsOf(node).forEach(({ dom }, number) => {
        const top = Number(node.props.value[number] ?? 0) * heightOf(dom)
        if (dom.scrollTop !== top) dom.scrollTo({ top, behavior: 'instant' })
      })
    }
    // A column that has stopped, or has other items now.
    node.dom.addEventListener('column:turned', () => {
      const value = columnsOf(node).map(({ dom }) => indexOf(dom))
      if (value.join() === node.props.value.slice(0, value.length).join()) return
      node.set({ value })
      node.emit('change', { value })
    })
    node.dom.addEventListener('column:changed', turn)
    node.dom.addEventListener('column:dragged', () => node.emit('pickstart'))
    node.dom.addEventListener('column:released', () => node.emit('pickend'))
    const update = () => {
      const { indicatorStyle, indicatorClass, maskStyle, maskClass } = node.props
      mask.className = `simulator-picker-mask ${maskClass}`
      mask.setAttribute('style', maskStyle)
      indicator.className = `simulator-picker-indicator ${indicatorClass}`
      indicator.setAttribute('style', indicatorStyle)
      node.dom.style.setProperty('--indicator-height', `${indicator.offsetHeight || 34}px`)
    }
    // Its columns have their items by then.
    requestAnimationFrame(() => {
      update()
      turn()
    })
    return {
      update,
      changed: { value: turn },
      value: () => node.props.value,
      reset: () => node.set({ value: [] }),
    }
  },
)

/** One wheel; its items are as high as the indicator. */
export const pickerViewColumn = defineBuiltIn('picker-view-column', {}, (node) => {
  const { dom } = node
  const tell = (event: string) =>
    closest(node, 'picker-view')?.dom.dispatchEvent(new CustomEvent(`column:${event}`))
  dom.addEventListener('scrollend', () => tell('turned'))
  scrollByDragging(
    dom,
    () => tell('dragged'),
    () => tell('released'),
  )
  const items = new MutationObserver(() => tell('changed'))
  items.observe(dom, { childList: true })
  return { detached: () => items.disconnect() }
})
