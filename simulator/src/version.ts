/** Whether base library `version` is at least `wanted`; both are dotted numbers. */
export function isVersionAtLeast(version: string, wanted: string): boolean {
  const [have, need] = [version, wanted].map((text) => text.split('.').map(Number))
  for (const [i, part] of need!.entries()) {
    const difference = (have![i] ?? 0) - part
    if (difference !== 0) return difference > 0
  }
  return true
}
