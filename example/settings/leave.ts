import { auth } from '../auth'
import { forgetDrafts } from '../drafts'
import { forgetCoupon } from '../claimed'

/** Signs out. What the user left on this phone goes too: others may use it. */
export async function signOut(): Promise<void> {
  await auth.logout()
  forgetDrafts()
  forgetCoupon()
}

/** Ends the account at the backend, then here. If the backend does not, everything is kept. */
export async function deleteAccount(): Promise<void> {
  await auth.request({ url: '/auth/account', method: 'DELETE' })
  await signOut()
}
