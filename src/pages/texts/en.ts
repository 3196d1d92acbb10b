import type { AppTexts } from '../language'

/** WeChat's own English words where it has them: Log In, Log Out, Mini Program, Settings. */
export const en: AppTexts = {
  appName: 'Easy Move',
  tabs: { home: 'Home', mine: 'Me' },
  retry: 'Try Again',

  home: {
    slogan: 'Fixed prices, on time',
    from: 'and up',
    book: 'Book',
    empty: 'No services to book right now. Please come back later.',
  },

  failures: {
    network: 'No connection. Check your network and try again.',
    tooOften: 'Too many tries. Please wait a moment.',
    onlyInWechat: 'Please open the WeChat Mini Program to do this.',
    login: 'Could not log in. Please try again later.',
    service: 'The service is unavailable. Please try again later.',
  },
}
