import { onHide, onShow } from '@dcloudio/uni-app'
import { watch } from 'vue'
import { getSystemInfo } from 'watchword/host'
import { texts } from './language'
import type { AppTexts } from './texts/zhHans'

export interface UsePageOptions {
  title(texts: AppTexts): string
  /** One of the tab bar's pages; only from there can its names be set. */
  isTab?: boolean
}

/**
 * What every page does: its title in the app's language, and texts of the size WeChat is set to.
 * @returns the style of the page's outermost view
 */
export function usePage({ title, isTab = false }: UsePageOptions): Record<string, string> {
  let isShown = false

  function tell(): void {
    if (!isShown) return
    uni.setNavigationBarTitle({ title: title(texts.value), fail: ignore })
    if (!isTab) return
    const { home, mine } = texts.value.tabs
    for (const [index, text] of [home, mine].entries()) {
      uni.setTabBarItem({ index, text, fail: ignore })
    }
  }

  onShow(() => {
    isShown = true
    tell()
  })
  onHide(() => (isShown = false))
  watch(texts, tell)

  // Below the standard size the pages keep theirs: it is the smallest that reads well.
  const scale = Math.min(Math.max(getSystemInfo().textScale, 1), 1.4)
  return { '--watchword-text-scale': String(scale) }
}

/** A page that is left meanwhile has no title to set. */
const ignore = () => undefined
