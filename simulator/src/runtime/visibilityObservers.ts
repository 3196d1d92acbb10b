// WeChat's IntersectionObserver.
import type * as glassEasel from 'glass-easel'
import type { Caller } from './caller'
import { inView, scrollerOf, viewOf } from './pageView'

type Margins = Partial<Record<'left' | 'right' | 'top' | 'bottom', number>>
type Listener = (result: Record<string, unknown>) => void

interface IntersectionOptions {
  thresholds?: number[]
  initialRatio?: number
  observeAll?: boolean
}

const domOf = (element: glassEasel.Element | null | undefined) =>
  (element?.$$ ?? null) as unknown as HTMLElement | null

const isElement = (element: HTMLElement | null): element is HTMLElement => element !== null

const marginOf = ({ top = 0, right = 0, bottom = 0, left = 0 }: Margins) =>
  [top, right, bottom, left].map((margin) => `${margin}px`).join(' ')

/** Watches how far nodes of a component are inside another one, or inside the page's view. */
export function createIntersectionObserver(component: Caller, options: IntersectionOptions = {}) {
  const { thresholds = [0], initialRatio = 0, observeAll = false } = options
  const tree = () => component._$.getShadowRoot()
  let reference: { selector: string | null; margins: Margins } = { selector: null, margins: {} }
  const watching: IntersectionObserver[] = []

  const rootFor = (target: HTMLElement) => {
    if (reference.selector !== null) return domOf(tree()?.querySelector(reference.selector))
    const view = viewOf(target)
    return view && scrollerOf(view)
  }
  const watch = (target: HTMLElement, element: glassEasel.Element, listener: Listener) => {
    let isFirst = true
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          // The browser always reports the beginning, WeChat only what differs from it.
          const isNews = !isFirst || entry.intersectionRatio !== initialRatio
          isFirst = false
          if (isNews) listener(resultOf(entry, element))
        }
      },
      { root: rootFor(target), rootMargin: marginOf(reference.margins), threshold: thresholds },
    )
    observer.observe(target)
    watching.push(observer)
  }
  const observer = {
    relativeTo(selector: string, margins: Margins = {}) {
      reference = { selector, margins }
      return observer
    },
    relativeToViewport(margins: Margins = {}) {
      reference = { selector: null, margins }
      return observer
    },
    observe(selector: string, listener: Listener) {
      const all = tree()?.querySelectorAll(selector) ?? []
      for (const element of observeAll ? all : all.slice(0, 1)) {
        const dom = domOf(element)
        if (isElement(dom)) watch(dom, element, listener)
      }
    },
    disconnect() {
      for (const one of watching.splice(0)) one.disconnect()
    },
  }
  return observer
}

function resultOf(entry: IntersectionObserverEntry, { id, dataset }: glassEasel.Element) {
  const view = viewOf(entry.target)
  const { boundingClientRect, intersectionRect, rootBounds, intersectionRatio, time } = entry
  return {
    id,
    dataset: { ...dataset },
    intersectionRatio,
    time,
    boundingClientRect: inView(boundingClientRect as DOMRect, view),
    intersectionRect: inView(intersectionRect as DOMRect, view),
    relativeRect: inView((rootBounds ?? new DOMRect()) as DOMRect, view),
  }
}
