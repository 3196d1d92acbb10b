import { computed } from 'vue'
import { language } from '../language'

// Beside their page, not in ../texts: the main package has no use for them.
const zhHans = {
  title: '新人优惠券',
  rule: '首次搬家可用，每位用户限领一张',
  purpose: '领取时会确认您的微信身份，只用来判断是否首次领取。',
  claim: '立即领取',
  claimed: '已领取',
  declined: '尚未领取，可随时再来。',
}

const en: typeof zhHans = {
  title: 'Welcome Coupon',
  rule: 'For your first move, one for each user',
  purpose: 'Claiming confirms your WeChat identity, only to see that it is your first.',
  claim: 'Claim',
  claimed: 'Claimed',
  declined: 'Not claimed yet. Come back whenever you like.',
}

/** What the coupon's page says. */
export const coupon = computed(() => (language.value === 'en' ? en : zhHans))
