import { isLikeAndroid } from '../platforms'
import type { Platform } from '../wire'
import type { Dialogues } from './dialogues'
import type { SoftKeyboard } from './keyboard'
import type { Lifecycle } from './lifecycle'
import type { PageContainers } from './pageContainers'
import type { PageStack } from './pageStack'

interface BackParts {
  platform: Platform
  dialogues: Pick<Dialogues, 'leave'>
  keyboard: SoftKeyboard
  pageContainers: PageContainers
  pages: PageStack
  lifecycle: Lifecycle
}

/**
 * Android's back key, or the swipe from the left edge: leaves what lies on top, and from the first
 * page the app. Returns whether the app was left.
 */
export const createBack =
  ({ platform, dialogues, keyboard, pageContainers, pages, lifecycle }: BackParts) =>
  (): boolean => {
    if (dialogues.leave()) return false
    if (isLikeAndroid(platform) && keyboard.state().visible) {
      keyboard.dismiss()
      return false
    }
    if (pageContainers.closeShown()) return false
    if (pages.pages.length > 1) {
      pages.navigateBack(1)
      return false
    }
    lifecycle.hide()
    return true
  }
