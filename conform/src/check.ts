import type { Context } from './context'
import type { Exchange } from './exchange'

/** The sections of docs/protocol.md, by their anchors. */
export const sections = [
  'how-a-request-signs-in',
  'answers',
  'the-token-state-口令状态包',
  '401',
  'faulty-requests',
  'endpoints',
] as const

export type Section = (typeof sections)[number]

/** One thing that the contract wants. */
export type Check = Probe | Review

/** Sends requests of its own. It rejects with Violation, Skipped or Blocked. */
export interface Probe {
  /** A sentence about the backend. */
  title: string
  section: Section
  probe(context: Context): Promise<void>
}

/** Looks at all exchanges that the probes have had; throws a Violation at the first fault. */
export interface Review {
  title: string
  section: Section
  review(exchanges: readonly Exchange[], context: Context): void
}

/** Checks that belong together; a check's id is `<area>/<its name here>`. */
export interface Area {
  title: string
  checks: Record<string, Check>
}
