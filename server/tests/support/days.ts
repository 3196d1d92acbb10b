const inChina = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

/** The day, YYYY-MM-DD, that it is in China `days` after `time`, in ms since 1970. */
export function dayInChina(time: number, days: number): string {
  return inChina.format(time + days * 24 * 60 * 60_000)
}
