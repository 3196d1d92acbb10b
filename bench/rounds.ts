// Bundled with the client, which knows another `process`.
declare const process: { cpuUsage(): { user: number; system: number } }

/** The middle one, of an odd number. */
export function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!
}

/** What something took, in µs. */
export interface Spent {
  /** By the clock on the wall: it goes on while others have the processor. */
  wall: number
  /** Of the processor, garbage collection on other threads among it. */
  cpu: number
}

export async function timed(work: () => Promise<unknown>): Promise<Spent> {
  const { user, system } = process.cpuUsage()
  const begin = performance.now()
  await work()
  const wall = (performance.now() - begin) * 1000
  const after = process.cpuUsage()
  return { wall, cpu: after.user + after.system - user - system }
}
