import type * as glassEasel from 'glass-easel'

/** The instance an app sees as `this`. */
export interface Caller {
  _$: glassEasel.GeneralComponent
  data: Record<string, unknown>
  setData(changes: Record<string, unknown>, callback?: () => void): void
  triggerEvent(type: string, detail: unknown, options: glassEasel.EventOptions): void
  [member: string]: unknown
}
