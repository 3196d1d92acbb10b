import type { ProblemRecord, RequestRecord, MiniProgramRecord, TokenRecord } from '../record'

/** So many are kept, the newest; each may carry bodies of 16,000 characters. */
export const recordLimit = 2_000

/** `records` with `batch` in it: a record that has grown takes the place of its earlier self. */
export function mergeRecords(
  records: readonly MiniProgramRecord[],
  batch: readonly MiniProgramRecord[],
): MiniProgramRecord[] {
  const byId = new Map(records.map((record) => [record.id, record]))
  for (const record of batch) byId.set(record.id, record)
  return [...byId.values()].slice(-recordLimit)
}

/** The newest token state that the client has received. */
export const lastToken = (records: readonly MiniProgramRecord[]): TokenRecord | undefined =>
  records.filter((record) => record.kind === 'token').at(-1)

/** What is wrong with the app, the newest first. */
export const problemsIn = (records: readonly MiniProgramRecord[]): ProblemRecord[] =>
  records.filter((record) => record.kind === 'problem').reverse()

/** Whether it was broken by "fail the next": these count down. */
export const isBroken = (record: MiniProgramRecord): record is RequestRecord =>
  record.kind === 'request' && record.interference === 'failed'
