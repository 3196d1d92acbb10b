/** The view of the page that an element is in: what apps measure, they measure from its corner. */
export const viewOf = (element: Element | null | undefined): HTMLElement | null =>
  element?.closest<HTMLElement>('.simulator-webview') ?? null

/** What scrolls in a view. */
export const scrollerOf = (view: HTMLElement): HTMLElement => view.querySelector('.simulator-page')!

/** A box of the screen as the page sees it. */
export function inView({ left, top, right, bottom, width, height }: DOMRect, view: Element | null) {
  const { left: x, top: y } = view?.getBoundingClientRect() ?? { left: 0, top: 0 }
  return { left: left - x, top: top - y, right: right - x, bottom: bottom - y, width, height }
}
