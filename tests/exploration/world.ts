import type { Auth } from '../../src/auth/auth'
import type { App } from './app'
import type { Backend } from './backend'
import type { CodeCall, Phone } from './phone'
import type { SessionModel } from './sessionModel'
import type { TextCodes } from './textCodes'

/** What does not change while an app is explored. */
export interface Setting {
  /** Whether the backend speaks in codes, and refreshes. */
  isSpokenInCodes: boolean
  hasWxLogin: boolean
  hasSession: boolean
  encrypts: boolean
  isVersioned: boolean
  /** Seconds. */
  lifetime: number
  concurrency: number | undefined
}

/** The client in its surroundings, beside a model of what it has to do. */
export interface World {
  readonly setting: Setting
  readonly phone: Phone
  readonly backend: Backend
  readonly model: SessionModel
  readonly app: App
  readonly textCodes: TextCodes
  readonly auth: Auth
  /** What went wrong, in words. */
  readonly faults: readonly string[]
  /** It is a fault unless this holds. */
  must(holds: boolean, fault: string): void
  /** What has happened, to be put into words if somebody is to read it. */
  readonly journal: unknown[][]
  /** Whether the client has done all that it does by itself. */
  isSettled: boolean
  giveCode(call: CodeCall): void
  /** The browser tells of what another tab has stored. */
  tell(): void
  /** The app is killed and started again. */
  restart(): void
  /** Everything that can happen by itself has happened: looks whether all is as it has to be. */
  settle(): Promise<void>
}
