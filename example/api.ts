import { HttpError, isAuthError, type AuthErrorCode, type RequestOptions } from 'watchword'
import { getSystemInfo } from 'watchword/host'
import { auth } from './auth'
import { language, texts } from './language'
import type { AppTexts } from './texts/zhHans'
import { mayOfferVirtualGoods } from './virtualGoods'

export interface Service {
  id: string
  name: string
  description: string
  /** In fen. */
  price: number
  /** Nobody comes for it: see `mayOfferVirtualGoods`. */
  isVirtual: boolean
}

export interface BookingForm {
  name: string
  phone: string
  address: string
  /** YYYY-MM-DD */
  date: string
  note: string
}

export interface Booking {
  id: string
  serviceId: string
  serviceName: string
  address: string
  /** YYYY-MM-DD */
  date: string
}

/** Who is signed in; the number is masked. null or missing: not known. */
export interface Me {
  nickname?: string | null
  avatarUrl?: string | null
  phoneNumber?: string | null
}

export interface Coupon {
  name: string
  /** In fen. */
  amount: number
}

/** Names and reasons come in the app's language. */
const ask = <T>(options: RequestOptions) =>
  auth.request<T>({ ...options, header: { 'Accept-Language': language.value } })

/** What may be offered here: the backend does not know where it is asked from. */
export async function fetchServices(): Promise<Service[]> {
  const services = await ask<Service[]>({ url: '/services' })
  const { platform } = getSystemInfo()
  const mayOffer = mayOfferVirtualGoods(process.env.UNI_PLATFORM, platform)
  return services.filter(({ isVirtual }) => mayOffer || !isVirtual)
}

export const book = (serviceId: string, { note, ...form }: BookingForm) =>
  ask<Booking>({
    url: '/bookings',
    method: 'POST',
    data: { serviceId, ...form, ...(note && { note }) },
  })

/** What the page 我的 shows by itself: nobody is asked for anything because of it. */
export const fetchMe = () => ask<Me>({ url: '/me', interactive: false })
export const fetchBookings = () => ask<Booking[]>({ url: '/bookings', interactive: false })

export const claimCoupon = () => ask<Coupon>({ url: '/coupons', method: 'POST' })

/** 19900 → 199, 19950 → 199.50 */
export function yuan(fen: number): string {
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2)
}

/** What to say of each; null: the user declined, or did something else meanwhile. */
const failureOf: Record<AuthErrorCode, keyof AppTexts['failures'] | null> = {
  login_failed: 'login',
  login_rejected: 'login',
  login_timeout: 'login',
  login_too_old: 'login',
  network: 'network',
  timeout: 'network',
  aborted: null,
  signed_out: null,
  prompt_cancelled: null,
  prompt_denied: null,
  proof_needed: 'login',
  confirmation_needed: 'login',
  second_proof_needed: 'login',
  prompt_unavailable: 'cannotAsk',
  still_challenged: 'noEffect',
  press_again: 'pressAgain',
  picture_refused: 'picture',
  number_taken: 'numberTaken',
  quota_exhausted: 'noNumber',
  not_permitted: 'noNumber',
  privacy_refused: 'privacy',
  unknown_challenge: 'outdated',
  protocol: 'service',
}
const numberCodes: unknown[] = ['quota_exhausted', 'not_permitted'] satisfies AuthErrorCode[]
const undecidedCodes: AuthErrorCode[] = ['network', 'timeout', 'protocol']

/** Whether WeChat gives no phone number whatever the user does; of an error or its code. */
export function isNumberUnavailable(error: unknown): boolean {
  return numberCodes.includes(isAuthError(error) ? error.code : error)
}

/** Whether the request may have been done all the same: there was no answer, or none that says. */
export function isUndecided(error: unknown): boolean {
  if (error instanceof HttpError) return error.status >= 500
  return isAuthError(error) && undecidedCodes.includes(error.code)
}

/** What to tell the user about a failed request; empty if it was the user's own wish. */
export function failureText(error: unknown): string {
  const { failures } = texts.value
  if (error instanceof HttpError && error.status === 429) return failures.tooOften
  if (!isAuthError(error)) return failures.service
  const failure = failureOf[error.code]
  return failure ? failures[failure] : ''
}
