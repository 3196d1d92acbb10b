import { scrollerOf, viewOf } from '../pageView'
import { defineBuiltIn, type BuiltInNode } from './builtIn'

const ofPage = ({ dom }: Pick<BuiltInNode, 'dom'>) => {
  const view = viewOf(dom)
  const page = dom.closest<HTMLElement>('wx-page')
  return view && page ? { view, page, scroller: scrollerOf(view) } : undefined
}

const bar = {
  title: '',
  loading: false,
  frontColor: '',
  backgroundColor: '',
  colorAnimationDuration: 0,
  colorAnimationTimingFunc: 'linear',
}

/** What the page's own JSON says of the navigation bar, changed from the template. */
export const navigationBar = defineBuiltIn('navigation-bar', bar, (node, services) => ({
  update() {
    const { title, frontColor, backgroundColor } = node.props
    services.changeBar(node.dom, {
      ...(title && { title }),
      ...(backgroundColor && { background: backgroundColor }),
      ...(frontColor && { textStyle: frontColor === '#ffffff' ? 'white' : 'black' }),
    })
  },
}))

const meta = {
  backgroundTextStyle: '',
  backgroundColor: '',
  backgroundColorTop: '',
  backgroundColorBottom: '',
  rootBackgroundColor: '',
  scrollTop: '',
  scrollDuration: 300,
  pageStyle: '',
  pageFontSize: '',
  rootFontSize: '',
  pageOrientation: '',
}

/** A letter's size as `page-meta` has it: of the phone (`system`), or a length. */
const fontSize = (value: string) => (value === 'system' ? '' : value)

/** How a page is drawn and scrolled, from its template (WeChat: page-meta). */
export const pageMeta = defineBuiltIn('page-meta', meta, (node) => {
  const here = ofPage(node)
  const onScroll = () => node.emit('scroll', { scrollTop: here?.scroller.scrollTop ?? 0 })
  const scrollTo = (top: string) => {
    if (top === '') return
    const behavior = Number(node.props.scrollDuration) > 0 ? 'smooth' : 'instant'
    here?.scroller.scrollTo({ top: parseFloat(top), behavior })
  }
  here?.scroller.addEventListener('scroll', onScroll)
  here?.scroller.addEventListener('scrollend', () => node.emit('scrolldone'))
  const onResize = () =>
    node.emit('resize', { size: { windowWidth: innerWidth, windowHeight: innerHeight } })
  addEventListener('resize', onResize)
  // The page has its height by then.
  requestAnimationFrame(() => scrollTo(node.props.scrollTop))
  return {
    update() {
      if (!here) return
      const { pageStyle, pageFontSize, rootFontSize, rootBackgroundColor } = node.props
      // As an attribute, for in that WeChat's lengths are converted.
      here.page.setAttribute('style', pageStyle)
      if (pageFontSize) here.page.style.fontSize = fontSize(pageFontSize)
      if (rootFontSize) document.documentElement.style.fontSize = fontSize(rootFontSize)
      here.view.style.background = rootBackgroundColor
    },
    changed: { scrollTop: scrollTo },
    detached() {
      here?.scroller.removeEventListener('scroll', onScroll)
      removeEventListener('resize', onResize)
      document.documentElement.style.fontSize = ''
    },
  }
})
