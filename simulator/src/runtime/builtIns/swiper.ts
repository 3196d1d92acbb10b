import { setOwnStyles } from '../inlineStyles'
import { defineBuiltIn, inside } from './builtIn'
import { scrollByDragging } from './dragScroll'

const props = {
  indicatorDots: false,
  indicatorColor: 'rgba(0, 0, 0, .3)',
  indicatorActiveColor: '#000000',
  autoplay: false,
  current: 0,
  currentItemId: '',
  interval: 5000,
  duration: 500,
  circular: false,
  vertical: false,
  previousMargin: '0px',
  nextMargin: '0px',
  displayMultipleItems: 1,
  snapToEdge: false,
  easingFunction: 'default',
}

/** Slides side by side, moved by a finger or by themselves. `circular` goes round when it plays. */
export const swiper = defineBuiltIn('swiper', props, (node) => {
  const { dom } = node
  const dots = document.createElement('div')
  dots.className = 'simulator-swiper-dots'
  const items = () =>
    inside(node, 'swiper-item').filter(({ dom: item }) => item.closest('wx-swiper') === dom)
  let shown = Number(node.props.current)
  let source = ''
  let timer: ReturnType<typeof setInterval> | undefined

  const drawDots = () => {
    if (!node.props.indicatorDots) return dots.remove()
    if (!dots.isConnected) dom.prepend(dots)
    const { indicatorColor, indicatorActiveColor } = node.props
    const drawn = items().map((_, index) => {
      const dot = document.createElement('i')
      dot.style.background = index === shown ? indicatorActiveColor : indicatorColor
      return dot
    })
    const row = document.createElement('div')
    row.append(...drawn)
    row.style.setProperty('--swiper-width', `${dom.clientWidth}px`)
    dots.replaceChildren(row)
  }
  const place = (index: number, behavior: ScrollBehavior) => {
    const item = items()[index]?.dom
    const first = items()[0]?.dom
    if (!item || !first) return
    const [left, top] = [item.offsetLeft - first.offsetLeft, item.offsetTop - first.offsetTop]
    dom.scrollTo({ left, top, behavior })
  }
  const changeTo = (current: number) => {
    if (current === shown || !items()[current]) return
    shown = current
    node.set({ current })
    drawDots()
    const currentItemId = String(items()[current]!.props.itemId)
    node.emit('change', { current, currentItemId, source })
  }
  const settled = () => {
    // Still under the finger.
    if (dom.dataset.dragged !== undefined) return
    const isDown = node.props.vertical
    const first = items()[0]?.dom
    const size = isDown ? first?.offsetHeight : first?.offsetWidth
    if (!size) return
    changeTo(Math.round((isDown ? dom.scrollTop : dom.scrollLeft) / size))
    node.emit('animationfinish', { current: shown, source })
    source = ''
  }
  dom.addEventListener('scrollend', settled)
  scrollByDragging(
    dom,
    () => void (source = 'touch'),
    // It may be in its place already.
    () => requestAnimationFrame(settled),
  )

  const play = () => {
    clearInterval(timer)
    if (!node.props.autoplay) return
    timer = setInterval(() => {
      const count = items().length
      if (count < 2 || source === 'touch') return
      source = 'autoplay'
      place((shown + 1) % count, 'smooth')
    }, Number(node.props.interval))
  }
  const show = (current: number) => {
    if (Number(current) === shown) return
    changeTo(Number(current))
    place(shown, node.props.duration > 0 ? 'smooth' : 'instant')
  }
  requestAnimationFrame(() => {
    place(shown, 'instant')
    drawDots()
  })
  return {
    update() {
      const { vertical, previousMargin, nextMargin, displayMultipleItems } = node.props
      dom.toggleAttribute('data-vertical', vertical)
      setOwnStyles(dom, {
        '--previous-margin': String(previousMargin),
        '--next-margin': String(nextMargin),
        '--items': String(displayMultipleItems),
      })
      drawDots()
      play()
    },
    changed: {
      current: show,
      currentItemId: (id) => show(items().findIndex(({ props: { itemId } }) => itemId === id)),
    },
    detached: () => clearInterval(timer),
  }
})

/** One slide. */
export const swiperItem = defineBuiltIn('swiper-item', { itemId: '', skipHiddenItemLayout: false })
