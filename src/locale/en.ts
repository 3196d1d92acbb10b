import type { zhHans } from './zhHans'

export const en: typeof zhHans = {
  login: {
    title: 'Sign in to continue',
    data: 'Signing in only recognises your account here. It takes no phone number, picture or name.',
    allow: 'Sign in',
  },
  getPhoneNumber: {
    title: 'Your phone number is needed',
    data: "WeChat provides the number. It goes only to this mini-program's operator.",
    allow: 'Use my WeChat number',
  },
  profile: {
    title: 'Your picture and nickname',
    data: "What you enter here goes only to this mini-program's operator.",
    allow: 'Save and continue',
  },
  unionid: {
    title: 'Confirm your WeChat identity',
    data: "It only recognises you across the operator's apps, without phone number, real picture or name.",
    allow: 'Agree',
  },
  cancel: 'Not now',
  onlyInWechat: 'Please open the WeChat mini-program to do this.',
  avatar: 'Choose a picture',
  nickname: 'Nickname',
  nicknamePlaceholder: 'Enter a nickname',
  nicknameMissing: 'Please enter a nickname.',
  errors: {
    login_failed: 'WeChat could not sign you in. Please try again later.',
    login_rejected: 'The sign-in was not accepted. Please try again.',
    login_timeout: 'Signing in took too long. Check your connection and try again.',
    network: 'No connection. Check your network and try again.',
    timeout: 'This is taking too long. Check your connection and try again.',
    aborted: 'Interrupted. Please try again.',
    signed_out: 'You have signed out. Please sign in again.',
    prompt_cancelled: 'Cancelled. You can try again whenever you like.',
    prompt_denied: 'Not allowed yet. To continue, tap again and choose Allow.',
    prompt_unavailable: 'This cannot be shown right now. Go back and try again.',
    still_challenged: 'This did not take effect. Try again later or contact support.',
    press_again: 'The data expired. Please tap once more.',
    quota_exhausted: 'Phone numbers are unavailable right now. Try later or contact support.',
    not_permitted: 'This mini-program may not ask for this. Please contact support.',
    privacy_refused: 'The privacy terms come first. Tap again and choose Agree.',
    unknown_challenge: 'This version cannot do this. Please update the mini-program.',
    protocol: 'The service gave an unexpected answer. Try later or contact support.',
  },
}
