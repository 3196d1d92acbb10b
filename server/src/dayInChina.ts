/** The day it is in China, wherever phone and backend are: UTC+8 all year round. */
export function dayInChina(time: number): string {
  return new Date(time + 8 * 60 * 60_000).toISOString().slice(0, 10)
}
