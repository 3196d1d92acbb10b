import { computed } from 'vue'
import { language } from '../language'

// Beside their page, not in ../texts: the main package has no use for them.
export const zhHans = {
  title: '设置',
  permissions: '权限与用途',
  phoneNumber: {
    name: '手机号',
    text:
      process.env.UNI_PLATFORM === 'mp-weixin'
        ? '预约时使用，供搬家师傅与您联系。只在您点击按钮并在微信中允许后获取。'
        : '登录和预约时使用，供搬家师傅与您联系。只在您填写并用短信验证后保存。',
    given: '已提供',
    missing: '未提供',
  },
  profile: {
    name: '头像和昵称',
    text: '在“我的”中显示，也让搬家师傅知道如何称呼您。只在您自己填写并保存后上传。',
    state: '保存时',
  },
  identity: {
    name: '微信身份',
    text: '用来认出您的账号，领取优惠券时确认是否首次领取。不含手机号、头像和昵称。',
    state: '登录时',
  },
  location: {
    name: '位置信息',
    text: '只在您点“地图”选择搬家地址时使用。',
    allowed: '已允许',
    denied: '未允许',
    ask: '使用时',
  },
  others: '我们不使用您的相册、摄像头、麦克风和通讯录。',
  openSetting: '在微信中管理权限',
  openSettingAction: '去设置',
  openSettingFailed: '微信没有打开设置，请点右上角“···”进入设置。',
  privacy: '用户隐私保护指引',
  privacyText: '我们收集哪些信息、作何用途、如何撤回同意',
  privacyFailed: '没有打开隐私保护指引，请稍后重试。',
  language: '语言',
  languages: { auto: '跟随系统', 'zh-Hans': '简体中文', en: 'English' },
  chosen: '已选',
  diagnostics: '登录诊断',
  account: '账号',
  guest: '您尚未登录。浏览服务无需登录。',
  signOut: '退出登录',
  signedOut: '已退出登录',
  deleteAccount: '注销账号',
  deleteQuestion: '注销账号？',
  deleteText: '账号、手机号、头像和昵称、全部预约和优惠券都将永久删除，无法恢复。',
  deleteConfirm: '注销',
  deleteCancel: '取消',
  deleted: '账号已注销',
  deleteFailed: '注销没有完成。',
  deleteUnknown: '没能确认账号是否已注销，请再试一次。',
}

export type SettingsTexts = typeof zhHans

export const en: SettingsTexts = {
  title: 'Settings',
  permissions: 'Permissions and Purposes',
  phoneNumber: {
    name: 'Phone Number',
    text:
      process.env.UNI_PLATFORM === 'mp-weixin'
        ? 'Used for bookings, so that the movers can reach you. Taken only after you tap a button and allow it in WeChat.'
        : 'Used to log in and for bookings, so that the movers can reach you. Kept only once you have entered and confirmed it.',
    given: 'Given',
    missing: 'Not Given',
  },
  profile: {
    name: 'Profile Photo and Name',
    text: 'Shown under Me; the movers use the name to address you. Sent only once you enter and save them.',
    state: 'On Saving',
  },
  identity: {
    name: 'WeChat Identity',
    text: 'Recognizes your account, and whether a coupon is your first. Holds no phone number, profile photo or name.',
    state: 'On Login',
  },
  location: {
    name: 'Location',
    text: 'Used only when you tap Map to choose the address of a move.',
    allowed: 'Allowed',
    denied: 'Not Allowed',
    ask: 'On Use',
  },
  others: 'We do not use your album, camera, microphone or contacts.',
  openSetting: 'Manage Permissions in WeChat',
  openSettingAction: 'Settings',
  openSettingFailed: 'WeChat did not open its settings. Tap ··· at the top right instead.',
  privacy: 'Privacy Protection Guidelines',
  privacyText: 'What we collect, what for, and how to withdraw consent',
  privacyFailed: 'The guidelines did not open. Please try again later.',
  language: 'Language',
  languages: { auto: 'Follow System', 'zh-Hans': '简体中文', en: 'English' },
  chosen: 'Selected',
  diagnostics: 'Login Diagnostics',
  account: 'Account',
  guest: 'You are not logged in. Browsing needs no login.',
  signOut: 'Log Out',
  signedOut: 'Logged Out',
  deleteAccount: 'Delete Account',
  deleteQuestion: 'Delete your account?',
  deleteText:
    'Your account, phone number, profile photo and name, all bookings and coupons will be deleted for good. This cannot be undone.',
  deleteConfirm: 'Yes',
  deleteCancel: 'No',
  deleted: 'Account Deleted',
  deleteFailed: 'Your account was not deleted. ',
  deleteUnknown: 'Could not confirm that your account was deleted. Please try again. ',
}

/** What the settings say. */
export const settings = computed<SettingsTexts>(() => (language.value === 'en' ? en : zhHans))
