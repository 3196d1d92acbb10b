import { defineBuiltIn } from './builtIn'

/** Slides side by side, moved by hand; autoplay and dots are not modelled. */
export const swiper = defineBuiltIn(
  'swiper',
  {
    indicatorDots: false,
    autoplay: false,
    current: 0,
    interval: 5000,
    duration: 500,
    circular: false,
    vertical: false,
  },
  (node) => {
    const show = (current: number) => node.dom.scrollTo({ left: current * node.dom.clientWidth })
    let shown = node.props.current
    node.dom.addEventListener('scrollend', () => {
      const current = Math.round(node.dom.scrollLeft / Math.max(1, node.dom.clientWidth))
      if (current === shown) return
      shown = current
      node.emit('change', { current, source: 'touch' })
    })
    return { changed: { current: show } }
  },
)

/** One slide. */
export const swiperItem = defineBuiltIn('swiper-item', { itemId: '' })
