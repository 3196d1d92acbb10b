// uni-app's types leave out what not every host has.
declare const uni: {
  getAppBaseInfo?(): { SDKVersion?: string }
  getSystemInfoSync?(): { SDKVersion?: string }
}

/**
 * Whether WeChat's base library is this one or a newer, e.g. `2.21.2`; undefined: it does not tell.
 * `wx.canIUse` is not asked: it has been reported to deny open types that work.
 */
export function isBaseLibrary(atLeast: string): boolean | undefined {
  const version = String(ownVersion()).split('.').map(Number)
  if (!(version[0]! > 0)) return undefined
  const least = atLeast.split('.').map(Number)
  const at = least.findIndex((part, index) => version[index] !== part)
  return at < 0 || (version[at] ?? 0) > least[at]!
}

function ownVersion(): unknown {
  try {
    return (uni.getAppBaseInfo?.() ?? uni.getSystemInfoSync?.())?.SDKVersion ?? ''
  } catch {
    return ''
  }
}
