// uni-app's types promise more.
declare const uni: {
  getAppBaseInfo(): { SDKVersion?: string } | undefined
  getSystemInfoSync(): { SDKVersion?: string } | undefined
}

/**
 * Whether WeChat's base library is this one or a newer, e.g. `2.21.2`; undefined: it does not tell.
 * `wx.canIUse` is not asked: it has been reported to deny open types that work.
 */
export function isBaseLibrary(atLeast: string): boolean | undefined {
  const version = ownVersion()?.split('.').map(Number)
  if (!version) return undefined
  const least = atLeast.split('.').map(Number)
  const at = least.findIndex((part, index) => version[index] !== part)
  return at < 0 || (version[at] ?? 0) > least[at]!
}

/** Not every host has both; below 2.20.1 uni-app's `getAppBaseInfo` exists, but throws. */
function ownVersion(): string | undefined {
  for (const ask of [() => uni.getAppBaseInfo(), () => uni.getSystemInfoSync()]) {
    try {
      const version: unknown = ask()?.SDKVersion
      if (typeof version === 'string' && /^\d/.test(version)) return version
    } catch {
      // The other one may know.
    }
  }
  return undefined
}
