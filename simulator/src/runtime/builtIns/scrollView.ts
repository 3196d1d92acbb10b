import { setOwnStyles } from '../inlineStyles'
import { defineBuiltIn } from './builtIn'
import { scrollByDragging } from './dragScroll'

/** A block that scrolls by itself. The refresher is not modelled. */
export const scrollView = defineBuiltIn(
  'scroll-view',
  {
    scrollX: false,
    scrollY: false,
    upperThreshold: 50,
    lowerThreshold: 50,
    scrollTop: 0,
    scrollLeft: 0,
    scrollIntoView: '',
    scrollWithAnimation: false,
    enableBackToTop: false,
    enableFlex: false,
    enhanced: false,
    bounces: true,
    showScrollbar: true,
    refresherEnabled: false,
    refresherTriggered: false,
  },
  (node) => {
    const { dom } = node
    let last = { top: 0, left: 0 }
    const onScroll = () => {
      const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight, clientWidth } = dom
      const { upperThreshold, lowerThreshold } = node.props
      const moved = { deltaY: last.top - scrollTop, deltaX: last.left - scrollLeft }
      last = { top: scrollTop, left: scrollLeft }
      node.emit('scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth, ...moved })
      if (moved.deltaY > 0 && scrollTop <= upperThreshold)
        node.emit('scrolltoupper', { direction: 'top' })
      if (moved.deltaX > 0 && scrollLeft <= upperThreshold)
        node.emit('scrolltoupper', { direction: 'left' })
      if (moved.deltaY < 0 && scrollTop + clientHeight >= scrollHeight - lowerThreshold) {
        node.emit('scrolltolower', { direction: 'bottom' })
      }
      if (moved.deltaX < 0 && scrollLeft + clientWidth >= scrollWidth - lowerThreshold) {
        node.emit('scrolltolower', { direction: 'right' })
      }
    }
    dom.addEventListener('scroll', onScroll)
    scrollByDragging(dom)
    return {
      update() {
        const { scrollX, scrollY } = node.props
        const otherwise = scrollX || scrollY ? 'hidden' : 'visible'
        setOwnStyles(dom, {
          'overflow-x': scrollX ? 'auto' : otherwise,
          'overflow-y': scrollY ? 'auto' : otherwise,
        })
      },
      changed: {
        scrollTop: (top) => dom.scrollTo({ top }),
        scrollLeft: (left) => dom.scrollTo({ left }),
        scrollIntoView(id) {
          // Empty: nothing to scroll to, as apps set it between two times.
          if (id) dom.querySelector(`#${CSS.escape(id)}`)?.scrollIntoView()
        },
      },
    }
  },
)
