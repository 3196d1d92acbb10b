/** A page of an app is a path with names; whatever leads elsewhere is none. */
export function isOwnPage(page: string | undefined): page is string {
  return page !== undefined && /^\/[\w-]+(\/[\w-]+)*(\?[^#\s\\]*)?$/.test(page)
}
