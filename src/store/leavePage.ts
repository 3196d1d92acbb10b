import { tryHost } from '../uni/hostCall'
import { openPages } from '../uni/openPages'

// The calls are written out, not looked up by name: H5 builds contain only the calls they see.

/** Goes back from the visible page. Whether it did; never rejects. */
export const goBack = () => tryHost((callbacks) => uni.navigateBack(callbacks))

/** Closes all pages for this one. Whether it did; never rejects. */
export const reLaunch = (url: string) => tryHost((callbacks) => uni.reLaunch({ url, ...callbacks }))

/**
 * Leaves the visible page for the one before it, or for `home` where there is none.
 * @returns whether there was anywhere to go; never rejects
 */
export async function leavePage(home: string | undefined): Promise<boolean> {
  const pages = openPages()
  if (pages.length > 1) return goBack()
  if (!home || `/${pages[0]?.route}` === home) return false
  // Other tabs stay as they are, which a reLaunch would close. No documented API lists the tab pages.
  return (
    (await tryHost((callbacks) => uni.switchTab({ url: home, ...callbacks }))) || reLaunch(home)
  )
}
