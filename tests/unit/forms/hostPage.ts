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
  const query = {
    in: () => query,
    select: (selector: string) => (asked.push(selector), { boundingClientRect: () => query }),
    selectViewport: () => ({ fields: () => query }),
    exec(callback: (found: unknown) => void) {
      callback([places.box, places.view])
      return query
    },
  }
  return { query, asked, pageScrollTo, uni: { createSelectorQuery: () => query, pageScrollTo } }
}
