import { shallowRef } from 'vue'
import type { Coupon } from './api'

/** The coupon shown to this user since the app started; the backend returns the same one again. */
export const claimed = shallowRef<Coupon | null>(null)

export function forgetCoupon(): void {
  claimed.value = null
}
