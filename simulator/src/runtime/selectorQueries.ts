// What a page measures of itself (WeChat: SelectorQuery). The framework measures in the browser's
// window, and takes the place of the page for how far it is scrolled.
import type { Caller } from './framework'

interface Wanted {
  rect?: boolean
  size?: boolean
  scrollOffset?: boolean
}

type Measured = Record<string, number> | null

type Push = (
  selector: string | null,
  component: Pick<Caller, '_$'>,
  isSingle: boolean,
  wanted: Wanted,
  callback: (measured: Measured | Measured[]) => void,
) => void

let isCorrected = false

/** Makes all queries count from the view of their page; `query` is any of the framework's. */
export function measureInPages(query: object): void {
  if (isCorrected) return
  isCorrected = true
  const queries = Object.getPrototypeOf(query) as { _$push: Push }
  const push = queries._$push
  queries._$push = function (selector, component, isSingle, wanted, callback) {
    const view = () =>
      (component._$.$$ as unknown as HTMLElement).closest<HTMLElement>('.simulator-webview')
    return push.call(this, selector, component, isSingle, wanted, (measured) => {
      correct(measured, wanted, selector === null, view())
      callback(measured)
    })
  }
}

function correct(
  measured: Measured | Measured[],
  wanted: Wanted,
  isViewport: boolean,
  view: HTMLElement | null,
): void {
  if (!view) return
  const { left, top } = view.getBoundingClientRect()
  for (const one of [measured].flat()) {
    if (!one) continue
    if (isViewport) Object.assign(one, measureViewport(view, wanted))
    else if (wanted.rect) {
      one.left! -= left
      one.right! -= left
      one.top! -= top
      one.bottom! -= top
    }
  }
}

function measureViewport(view: HTMLElement, { rect, size, scrollOffset }: Wanted) {
  const { clientWidth: width, clientHeight: height } = view
  const { scrollLeft, scrollTop, scrollWidth, scrollHeight } =
    view.querySelector('.simulator-page')!
  return {
    ...(rect && { left: 0, top: 0, right: width, bottom: height }),
    ...(size && { width, height }),
    ...(scrollOffset && { scrollLeft, scrollTop, scrollWidth, scrollHeight }),
  }
}
