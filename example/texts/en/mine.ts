import type { AppTexts } from '../zhHans'

export const mine: AppTexts['mine'] = {
  signedIn: 'Logged In',
  guest: 'Not Logged In',
  guestText:
    process.env.UNI_PLATFORM === 'mp-weixin'
      ? 'Log in to see your bookings and claim coupons. Logging in only identifies your account. It does not share your phone number, photo or name.'
      : 'Log in with your phone number to see your bookings.',
  signIn: 'Log In',
  picture: 'Profile Photo',
  bind: 'Link Phone Number',
  bindReason: 'The movers can then reach you, and booking will not ask again.',
  bindDenied: 'You did not allow it. Tap again whenever you like.',
  coupon: 'Welcome Coupon',
  claim: 'Claim',
  claimed: 'Claimed',
  bookings: 'My Bookings',
  noBookings: 'No bookings yet',
  browse: 'See Services',
  profile: 'My Profile',
  account: 'Account and Security',
  settings: 'Settings',
}
