import { defineBuiltIn } from './builtIn'

const props = {
  show: false,
  duration: 300,
  zIndex: 100,
  overlay: true,
  position: 'bottom',
  round: false,
  // Taken, but nobody slides here.
  closeOnSlideDown: false,
  overlayStyle: '',
  customStyle: '',
}

/**
 * Keeps the page from scrolling as WeChat is reported to: it fixes the page, which the app's own
 * styles may undo. Returns how to release it.
 */
function holdPage(page: HTMLElement): () => void {
  const scroller = page.parentElement!
  const top = scroller.scrollTop
  page.style.cssText += `;position:fixed;top:${-top}px;width:100%`
  const isHeld = getComputedStyle(page).position === 'fixed'
  if (isHeld) scroller.dataset.held = ''
  return () => {
    for (const name of ['position', 'top', 'width']) page.style.removeProperty(name)
    if (isHeld) scroller.scrollTop = top
    delete scroller.dataset.held
  }
}

/**
 * A popup that takes the page's place when the person returns. Closed by a return, its `show` stays
 * true until the app sets it to false, and only then can it be shown again.
 */
export const pageContainer = defineBuiltIn('page-container', props, (node, services) => {
  const { dom } = node
  const overlay = document.createElement('div')
  overlay.className = 'simulator-overlay'
  overlay.addEventListener('click', () => node.emit('clickoverlay'))
  let isShown = false
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let letPageGo: (() => void) | undefined

  const draw = () => {
    const { zIndex, overlay: hasOverlay, position, round, overlayStyle, customStyle } = node.props
    const { duration } = node.props
    const own = `z-index:${zIndex};transition-duration:${duration}ms;`
    dom.dataset.position = position
    dom.toggleAttribute('data-round', round)
    // As attributes, for in these WeChat's lengths are converted.
    dom.setAttribute('style', own + customStyle)
    overlay.setAttribute('style', own + overlayStyle)
    if (!hasOverlay) overlay.remove()
    // Before the container, so that it lies below it at the same height.
    else if (dom.hasAttribute('data-drawn') && !overlay.isConnected) dom.before(overlay)
  }
  const clear = () => {
    overlay.remove()
    dom.removeAttribute('data-drawn')
    letPageGo?.()
    letPageGo = undefined
  }
  /** before…, the event itself once it is drawn, after… when the time is over. */
  const move = (name: 'enter' | 'leave', begin: () => void, end: () => void) => {
    clearTimeout(timer)
    cancelAnimationFrame(frame)
    node.emit(`before${name}`)
    frame = requestAnimationFrame(() => {
      node.emit(name)
      begin()
      timer = setTimeout(() => {
        end()
        node.emit(`after${name}`)
      }, Number(node.props.duration))
    })
  }
  const placed = (isPlaced: boolean) => {
    for (const element of [dom, overlay]) element.toggleAttribute('data-placed', isPlaced)
  }
  const open = () => {
    if (!services.pageContainers.isAdmitted(container)) {
      console.warn('a page has one page-container at most: the second one is not shown')
      return
    }
    isShown = true
    dom.toggleAttribute('data-drawn', true)
    letPageGo ??= holdPage(dom.closest<HTMLElement>('wx-page')!)
    draw()
    move(
      'enter',
      () => placed(true),
      () => undefined,
    )
  }
  const close = () => {
    if (!isShown) return
    isShown = false
    move('leave', () => placed(false), clear)
  }
  const container = {
    dom,
    get isShown() {
      return isShown
    },
    close,
    admitted: () => (node.props.show ? open() : undefined),
  }
  services.pageContainers.add(container)
  if (node.props.show) open()
  let wasWanted = node.props.show
  return {
    update: draw,
    changed: {
      show(isWanted) {
        if (isWanted === wasWanted) return
        wasWanted = isWanted
        if (isWanted) open()
        else close()
      },
    },
    detached() {
      clearTimeout(timer)
      cancelAnimationFrame(frame)
      isShown = false
      clear()
      services.pageContainers.remove(container)
    },
  }
})
