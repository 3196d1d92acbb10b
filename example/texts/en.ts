import type { AppTexts } from './zhHans'
import { mine } from './en/mine'

/**
 * WeChat's own English words where it has them: Log In, Log Out, Mini Program, Settings,
 * Profile Photo, Name, Privacy Protection Guidelines, Customer Service.
 */
export const en: AppTexts = {
  appName: 'Easy Move',
  tabs: { home: 'Home', mine: 'Me' },
  retry: 'Try Again',
  contact: 'Customer Service',

  home: {
    slogan: 'Fixed prices, on time',
    from: 'and up',
    book: 'Book',
    notSold: 'Not sold here yet',
    empty: 'No services to book right now. Please come back later.',
  },
  mine,

  failures: {
    network: 'No connection. Check your network and try again.',
    tooOften: 'Too many tries. Please wait a moment.',
    login: 'Could not log in. Please try again later.',
    privacy: 'The privacy guidelines come first. Tap again and choose Agree.',
    pressAgain: 'The data expired. Please tap once more.',
    numberTaken:
      'This number belongs to another account. Choose another number or contact customer service.',
    noNumber:
      'WeChat cannot give your phone number right now. Try later or contact customer service.',
    noEffect: 'This did not take effect. Try again later or contact customer service.',
    cannotAsk: 'This cannot be shown right now. Go back and try again.',
    picture: 'This photo cannot be used. Choose another (JPEG, PNG or WebP, up to 2 MB).',
    outdated: 'This version cannot do this. Please update the Mini Program.',
    service: 'The service is unavailable. Please try again later.',
  },
}
