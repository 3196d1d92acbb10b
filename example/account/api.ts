import { auth } from '../auth'

/** A device that is signed in. */
export interface ListedSession {
  id: string
  isCurrent: boolean
  /** YYYY-MM-DD */
  lastSeenOn: string
  /** Its system, e.g. `iOS`, and address; null: not known. */
  system: string | null
  address: string | null
}

/** How the user can sign in; the number is masked. */
export interface OwnWays {
  phoneNumber: string | null
  hasPassword: boolean
  wechat: { id: string; provider: string; isCurrent: boolean }[]
}

export const fetchSessions = () =>
  auth.request<ListedSession[]>({ url: '/auth/sessions', interactive: false })
export const fetchWays = (interactive = false) =>
  auth.request<OwnWays>({ url: '/auth/ways', interactive })

export const endSession = (id: string) =>
  auth.request<void>({ url: `/auth/sessions/${id}`, method: 'DELETE' })
export const endOtherSessions = () =>
  auth.request<void>({ url: '/auth/sessions', method: 'DELETE' })

/** `phone-number`, `password`, or the id of a WeChat user. */
export const removeWay = (way: string) =>
  auth.request<void>({ url: `/auth/ways/${way}`, method: 'DELETE' })

/** Lets the user sign in, unless they have within the last 10 minutes. */
export const askFreshLogin = () => auth.request<void>({ url: '/auth/token-state?max_age=600' })
