import { onScopeDispose, ref, type Ref } from 'vue'

// As it may be on any host; uni-app's types take all of it for granted.
declare const uni: {
  onKeyboardHeightChange?: (listener: (change: unknown) => void) => void
  offKeyboardHeightChange?: (listener: (change: unknown) => void) => void
  getWindowInfo?: () => unknown
}

/**
 * How much of the window's bottom the keyboard covers, px; 0 while it is away. Undefined where the
 * host does not tell: in H5, and below base library 2.7.0 (WeChat: wx.onKeyboardHeightChange).
 */
export function useKeyboardHeight(): Readonly<Ref<number | undefined>> {
  const height = ref<number>()
  const follow = (change: unknown) => {
    const reported = readLengths(change).height
    // WeChat reports the same height again and again, which changes nothing here.
    if (reported !== undefined) height.value = Math.max(0, reported - (reported && belowWindow()))
  }
  try {
    if (typeof uni.onKeyboardHeightChange !== 'function') return height
    uni.onKeyboardHeightChange(follow)
    // A host may have reported it already.
    height.value ??= 0
    onScopeDispose(() => {
      try {
        uni.offKeyboardHeightChange?.(follow)
      } catch {
        // What it still reports changes nothing that is shown.
      }
    })
  } catch {
    // As if it were missing.
  }
  return height
}

/** The keyboard's height begins at the screen's bottom, a page's with a tab bar above that bar. */
function belowWindow(): number {
  try {
    const { screenHeight, screenTop, windowHeight } = readLengths(uni.getWindowInfo?.())
    return Math.max(0, screenHeight! - screenTop! - windowHeight!) || 0
  } catch {
    return 0
  }
}

function readLengths(reported: unknown): Record<string, number | undefined> {
  const isLength = (entry: [string, unknown]): entry is [string, number] =>
    Number.isFinite(entry[1])
  return Object.fromEntries(Object.entries({ ...(reported as object | null) }).filter(isLength))
}
