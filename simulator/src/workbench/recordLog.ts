import { computed, reactive, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { MiniProgramRecord, ProblemRecord, TokenRecord } from '../record'
import { isBroken, lastToken, mergeRecords, problemsIn } from './records'

/** What was recorded of the mini-program in the frame. */
export interface RecordLog {
  /** For the timeline; `clearTimeline` empties it. */
  readonly records: Readonly<ShallowRef<MiniProgramRecord[]>>
  readonly problems: ComputedRef<ProblemRecord[]>
  readonly token: ComputedRef<TokenRecord | undefined>
  /** How many requests "fail the next" has broken since it was set. */
  readonly brokenCount: ComputedRef<number>
  add(record: MiniProgramRecord): void
  clearTimeline(): void
  /** "Fail the next" was set anew. */
  resetBroken(): void
  /** Another mini-program begins. */
  forgetAll(): void
}

/** How long records are gathered before they are drawn, in ms: a burst brings hundreds. */
const gatherTime = 50

/** Makes an empty log. */
export function createRecordLog(): RecordLog {
  const records = shallowRef<MiniProgramRecord[]>([])
  /** Problems and tokens, which outlive a cleared timeline. */
  const notes = shallowRef<MiniProgramRecord[]>([])
  const broken = reactive(new Set<string>())
  let gathered: MiniProgramRecord[] = []
  let clearedAt = 0

  /** Calls of the backend come on a line of their own, perhaps late. */
  const isCleared = (record: MiniProgramRecord) =>
    record.kind === 'server' && record.startedAt < clearedAt

  function takeGathered() {
    const batch = gathered
    gathered = []
    records.value = mergeRecords(
      records.value,
      batch.filter((record) => !isCleared(record)),
    )
    notes.value = mergeRecords(
      notes.value,
      batch.filter(({ kind }) => kind === 'problem' || kind === 'token'),
    )
    for (const record of batch) if (isBroken(record)) broken.add(record.id)
  }

  return {
    records,
    problems: computed(() => problemsIn(notes.value)),
    token: computed(() => lastToken(notes.value)),
    brokenCount: computed(() => broken.size),
    add(record) {
      if (gathered.length === 0) window.setTimeout(takeGathered, gatherTime)
      gathered.push(record)
    },
    clearTimeline() {
      takeGathered()
      clearedAt = Date.now()
      records.value = []
    },
    resetBroken: () => broken.clear(),
    forgetAll() {
      gathered = []
      records.value = []
      notes.value = []
      broken.clear()
    },
  }
}
