/**
 * Leaves the page for the one before it, or for `home` where there is none.
 * @returns whether there was anywhere to go
 */
export function leavePage(home: string | undefined): boolean {
  // A page that was left by another way meanwhile has nothing to go back from.
  const fail = () => undefined
  if (getCurrentPages().length > 1) uni.navigateBack({ fail })
  else if (home) uni.reLaunch({ url: home, fail })
  else return false
  return true
}
