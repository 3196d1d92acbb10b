import { inject, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue'
import type { ScannedCode } from '../scannedCode'
import type { LineState } from '../wire'
import type {
  Control,
  NetworkConditions,
  PersonKind,
  PhoneSettings,
  Started,
} from '../workbenchWire'
import type { FirstSteps } from './createFirstSteps'
import type { ControlOutcome } from './hostLine'
import type { RecordLog } from './recordLog'
import type { Answers, WorkbenchPerson } from './settings'

/** How the phone is; `failed` has a reason to show in its place. */
export type PhoneState =
  { kind: 'starting' } | { kind: Exclude<LineState, 'closed'> } | { kind: 'failed'; error: string }

/** How a picture ended; `route` is the page on it. `abandoned`: the phone was restarted. */
export type PictureOutcome =
  | { kind: 'taken'; content: Blob; route: string }
  | { kind: 'failed'; reason: string }
  | { kind: 'abandoned' }

/** The workbench's state, and what panels do with it: one phone, and what surrounds it. */
export interface Workbench extends Pick<RecordLog, 'records' | 'problems' | 'token'> {
  readonly person: Readonly<Ref<WorkbenchPerson>>
  readonly phone: Readonly<Ref<PhoneSettings>>
  readonly answers: Readonly<Ref<Answers>>
  /** `failNext` is what is left of it. */
  readonly network: ComputedRef<NetworkConditions>
  readonly alwaysUnauthorised: Readonly<Ref<boolean>>
  /** The mini-program in the frame; undefined where there is none. */
  readonly started: Readonly<ShallowRef<Started | undefined>>
  readonly state: Readonly<Ref<PhoneState>>
  readonly isInBackground: Readonly<Ref<boolean>>
  /** What the mini-program has stored, in the clear. */
  readonly stored: Readonly<ShallowRef<Record<string, unknown>>>
  readonly frame: Ref<HTMLIFrameElement | null>
  readonly firstSteps: FirstSteps
  /** Starts the mini-program anew; with `isCleared`, with nothing stored, with `code`, by that code. */
  start(options?: { isCleared?: boolean; code?: ScannedCode }): Promise<void>
  /** Becomes somebody new of a kind, in all tabs. */
  becomeNew(kind: PersonKind): void
  setPhone(change: Partial<PhoneSettings>): void
  setAnswers(change: Partial<Answers>): Promise<ControlOutcome>
  setNetwork(change: Partial<NetworkConditions>): Promise<ControlOutcome>
  setAlwaysUnauthorised(always: boolean): Promise<ControlOutcome>
  send(control: Control): Promise<ControlOutcome>
  /** Opens the app's page that sends a burst on a dead token; there must be a `burstUrl`. */
  burst(): void
  /** The phone's back key or gesture. */
  goBack(): void
  toBackground(isInBackground: boolean): void
  /** Scans a code with the phone, on which the mini-program runs or, with `isClosed`, does not. */
  scan(code: ScannedCode, isClosed: boolean): void
  /** A PNG of the phone, of this size in CSS pixels; the one that is being taken, if there is one. */
  takePicture(size: { width: number; height: number }): Promise<PictureOutcome>
  removeStored(key?: string): void
  /** Empties the timeline. */
  clearRecords(): void
  /** Listens to the phone and to other tabs until the page ends, and starts. */
  open(): void
}

/** Where components find the workbench. */
export const workbenchKey: InjectionKey<Workbench> = Symbol('workbench')

/** The workbench of the page that a component is in. */
export const useWorkbench = (): Workbench => inject(workbenchKey)!
