import { setOwnStyles } from '../inlineStyles'
import { createDots } from '../pullDots'
import { watchPull } from '../pullGesture'
import type { BuiltInNode } from './builtIn'

/**
 * Properties of a scroll-view that is pulled down (WeChat: scroll-view). The page names white for the
 * background; phones show what is behind (developers.weixin.qq.com/community/develop/doc/
 * 000c6cb4a0cbd0e749c0dcba36d800, confirmed there by WeChat).
 */
export const refresherProps = {
  refresherEnabled: false,
  refresherThreshold: 45,
  refresherDefaultStyle: 'black',
  refresherBackground: 'transparent',
  refresherTriggered: false,
}

/** Closed, pulled by a finger, or open until the app says that it has refreshed. */
type State = 'closed' | 'pulled' | 'refreshing'

/** Above a scroll-view's content: what is pulled down to have it refreshed. */
export interface Refresher {
  /** The app opens or closes it. */
  trigger(isTriggered: boolean): void
  detached(): void
}

type Named = HTMLElement & {
  __wxElement?: { slot: string; getComposedParent(): Named['__wxElement'] }
}

/** Whether the app has put an element, or what brought it here, into the slot `refresher`. */
function isInSlot(child: Element, dom: HTMLElement): boolean {
  const end = (dom as Named).__wxElement
  let one = (child as Named).__wxElement
  for (; one && one !== end; one = one.getComposedParent())
    if (one.slot === 'refresher') return true
  return false
}

/** Adds the refresher to a scroll-view. */
export function createRefresher(node: BuiltInNode<typeof refresherProps>): Refresher {
  const { dom } = node
  // It pushes the content down by its height.
  const dots = createDots()
  let state: State = 'closed'

  // Built-in components have one slot, so what is meant for this one lies among the content.
  const own = () => [...dom.children].filter((child) => child.hasAttribute('data-refresher'))
  const find = () => {
    for (const child of dom.children)
      if (child instanceof HTMLElement)
        child.toggleAttribute('data-refresher', isInSlot(child, dom))
  }
  find()
  const observer = new MutationObserver(find)
  observer.observe(dom, { childList: true })

  const openBy = (pixels: number) => {
    if (!dots.isConnected) {
      const { refresherDefaultStyle, refresherBackground } = node.props
      dots.dataset.textStyle = refresherDefaultStyle === 'white' ? 'light' : 'dark'
      dots.toggleAttribute('data-none', refresherDefaultStyle === 'none')
      dots.style.background = refresherBackground
      dom.prepend(dots)
    }
    dom.dataset.pulled = ''
    dots.style.height = `${pixels}px`
    for (const child of own() as HTMLElement[])
      setOwnStyles(child, { '--simulator-top': `${pixels - child.offsetHeight}px` })
  }
  const close = () => {
    state = 'closed'
    dots.remove()
    delete dom.dataset.pulled
    delete dom.dataset.refreshing
  }
  const refresh = (dy: number) => {
    state = 'refreshing'
    // The app may open it while a finger pulls.
    dropPull()
    openBy(node.props.refresherThreshold)
    dom.dataset.refreshing = ''
    node.emit('refresherrefresh', { dy })
  }
  const dropPull = watchPull(dom, dom, {
    isReady: () => node.props.refresherEnabled && state !== 'refreshing',
    pull(pixels) {
      const dy = Math.min(pixels, 2 * node.props.refresherThreshold)
      state = 'pulled'
      openBy(dy)
      node.emit('refresherpulling', { dy })
    },
    release(pixels) {
      const dy = Math.min(pixels, 2 * node.props.refresherThreshold)
      if (dy >= node.props.refresherThreshold) return refresh(dy)
      close()
      node.emit('refresherabort', { dy })
    },
    wheel(pixels) {
      if (pixels >= node.props.refresherThreshold) refresh(pixels)
    },
  })
  const trigger = (isTriggered: boolean) => {
    if (isTriggered && node.props.refresherEnabled && state !== 'refreshing')
      refresh(node.props.refresherThreshold)
    if (isTriggered || state !== 'refreshing') return
    close()
    node.emit('refresherrestore', { dy: 0 })
  }
  // Open from the start: once the app's handlers are there.
  if (node.props.refresherTriggered) queueMicrotask(() => trigger(node.props.refresherTriggered))
  return { trigger, detached: () => observer.disconnect() }
}
