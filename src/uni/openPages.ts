/** What is used of an open page; hosts have been seen to leave any of it out. */
export interface OpenPage {
  route?: string
  options?: Record<string, unknown> | null | undefined
  /** uni-app's own record of it. */
  $page?: { id?: unknown; fullPath?: unknown } | null | undefined
  /** The page's component. */
  $vm?: unknown
}

/** The open pages, the visible one last; none where the host does not tell. */
export function openPages(): OpenPage[] {
  try {
    const pages: unknown = getCurrentPages()
    return Array.isArray(pages) ? pages.filter((page) => page && typeof page === 'object') : []
  } catch {
    return []
  }
}
