/** What an app asks of the page's size, in CSS pixels (WeChat: match-media, MediaQueryObserver). */
export interface MediaDescriptor {
  minWidth?: number
  maxWidth?: number
  width?: number
  minHeight?: number
  maxHeight?: number
  height?: number
  orientation?: string
}

const pages = () => document.querySelector<HTMLElement>('#simulator-pages')!

/**
 * Whether the page is as an app wants it. The page is what lies between WeChat's bars; a media query of
 * the browser would measure the whole screen.
 */
export function matchesMedia(wanted: MediaDescriptor): boolean {
  const { clientWidth: width, clientHeight: height } = pages()
  const orientation = innerWidth > innerHeight ? 'landscape' : 'portrait'
  return (
    width >= (wanted.minWidth ?? 0) &&
    width <= (wanted.maxWidth ?? Infinity) &&
    width === (wanted.width ?? width) &&
    height >= (wanted.minHeight ?? 0) &&
    height <= (wanted.maxHeight ?? Infinity) &&
    height === (wanted.height ?? height) &&
    orientation === (wanted.orientation ?? orientation)
  )
}

/** Calls `onResize` whenever the page has another size; returns how to stop. */
export function watchPageSize(onResize: () => void): () => void {
  const observer = new ResizeObserver(onResize)
  observer.observe(pages())
  return () => observer.disconnect()
}

/** WeChat's MediaQueryObserver: watches whether the page is as an app wants it; says at once how it is. */
export function createMediaQueryObserver() {
  let stop = () => {}
  return {
    observe(descriptor: MediaDescriptor, listener: (result: { matches: boolean }) => void) {
      stop()
      let last: boolean | undefined
      // Browsers call it at first too, when the task has ended.
      stop = watchPageSize(() => {
        const matches = matchesMedia(descriptor)
        if (matches !== last) listener({ matches })
        last = matches
      })
    },
    disconnect: () => stop(),
  }
}
