import { setOwnStyles } from '../inlineStyles'
import { defineBuiltIn } from './builtIn'
import { scrollByDragging } from './dragScroll'
import { createRefresher, refresherProps } from './refresher'

/** A block that scrolls by itself. */
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
    ...refresherProps,
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
    const refresher = createRefresher(node)
    return {
      update() {
        const { scrollX, scrollY } = node.props
        dom.toggleAttribute('data-refreshable', node.props.refresherEnabled)
        const otherwise = scrollX || scrollY ? 'hidden' : 'visible'
        setOwnStyles(dom, {
          'overflow-x': scrollX ? 'auto' : otherwise,
          'overflow-y': scrollY ? 'auto' : otherwise,
        })
      },
      changed: {
        refresherTriggered: refresher.trigger,
        scrollTop: (top) => dom.scrollTo({ top }),
        scrollLeft: (left) => dom.scrollTo({ left }),
        scrollIntoView(id) {
          // Empty: nothing to scroll to, as apps set it between two times.
          if (id) dom.querySelector(`#${CSS.escape(id)}`)?.scrollIntoView()
        },
      },
      detached: refresher.detached,
    }
  },
)
