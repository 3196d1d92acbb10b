import { shallowRef } from 'vue'
import type { Coupon } from '../api'

/** The coupon this user was told of since the app started; the backend gives the same one again. */
export const claimed = shallowRef<Coupon | null>(null)

export function forgetCoupon(): void {
  claimed.value = null
}
