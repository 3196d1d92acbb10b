import { vi } from 'vitest'

/** Where things are on the page of a host, px. `box`: the field's; null: there is no such field. */
export interface Places {
  box?: unknown
  view?: unknown
}

/** A page that answers selector queries, as WeChat's does, and records how it was scrolled. */
export function createPage(places: Places) {
  const asked: string[] = []
  const pageScrollTo = vi.fn()
  let { view } = places
  /** Hosts tell of the window only what they were asked for. */
  const tell = ({ size, scrollOffset }: { size?: boolean; scrollOffset?: boolean }) => {
    if (size && scrollOffset) return query
    view = undefined
    return query
  }
  const query = {
    in: () => query,
    select: (selector: string) => (asked.push(selector), { boundingClientRect: () => query }),
    selectViewport: () => ({ fields: tell }),
    exec(callback: (found: unknown) => void) {
      callback([places.box, view])
      return query
    },
  }
  return { query, asked, pageScrollTo, uni: { createSelectorQuery: () => query, pageScrollTo } }
}
