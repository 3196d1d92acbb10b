import { sectionsOf, type Known } from './sections'
import { en } from './texts'

/** All that a report is made of. */
export interface ReportParts extends Known {
  /** The backend's address. */
  baseURL: string
  /** ms since 1970 */
  now: number
  startedAt: number
}

/** The report as plain text, in English, its events newest first. Holds no secret. */
export function writeReport({ baseURL, now, startedAt, ...known }: ReportParts): string {
  const mark = (isBad: boolean | undefined) => (isBad ? '! ' : '  ')
  return [
    'watchword diagnostics report',
    `written ${isoTime(now)}, watched since ${isoTime(startedAt)}`,
    // Without what may stand before a host or behind its path.
    `backend ${baseURL.replace(/\/\/[^/@]*@/, '//').replace(/[?#].*$/, '')}`,
    ...sectionsOf(known, en).flatMap(({ id, facts, verdict, isBad }) => [
      '',
      `== ${en[id]}`,
      ...facts.map((fact) => `${mark(fact.isBad)}${fact.label}: ${fact.value}`),
      ...(verdict || !facts.length ? [mark(isBad) + (verdict ?? en.notYet)] : []),
    ]),
    '',
  ].join('\n')
}

/** A clock that was set to nonsense has no ISO time. */
function isoTime(ms: number): string {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString()
}
