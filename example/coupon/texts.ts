import { computed } from 'vue'
import { language } from '../language'

// Beside their page, not in ../texts: the main package has no use for them.
const zhHans = {
  title: '新人优惠券',
  rule: '首次搬家可用，每位用户限领一张',
  purpose: '领取时会确认您的微信身份，只用来判断是否首次领取。',
  claim: '立即领取',
  confirm: '用微信确认身份',
  elsewhere: '这个浏览器无法确认微信身份。请在微信中打开本页，或在微信小程序中领取。',
  taken: '这个微信已属于另一个账号。请退出后用微信登录，再来领取。',
  refused: '微信没有确认，请再试一次。',
  claimed: '已领取',
  declined: '尚未领取，可随时再来。',
}

const en: typeof zhHans = {
  title: 'Welcome Coupon',
  rule: 'For your first move, one for each user',
  purpose: 'Claiming confirms your WeChat identity, only to see that it is your first.',
  claim: 'Claim',
  confirm: 'Confirm with WeChat',
  elsewhere:
    'This browser cannot confirm your WeChat identity. Open this page in WeChat, or claim in the Mini Program.',
  taken: 'This WeChat belongs to another account. Log out, log in with WeChat, and claim then.',
  refused: 'WeChat did not confirm. Try again.',
  claimed: 'Claimed',
  declined: 'Not claimed yet. Come back whenever you like.',
}

/** What the coupon's page says. */
export const coupon = computed(() => (language.value === 'en' ? en : zhHans))
