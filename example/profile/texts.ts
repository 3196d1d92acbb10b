import { computed } from 'vue'
import { language } from '../language'

// Beside their page, not in ../texts: the main package has no use for them.
const zhHans = {
  title: '个人资料',
  guestText: '登录后可以查看和修改您的头像、昵称和手机号。',
  picture: '头像',
  nickname: '昵称',
  phoneNumber: '手机号',
  unknown: '未填写',
  purpose: '头像和昵称由您自己填写，在“我的”中显示，也让搬家师傅知道如何称呼您。',
  edit: '修改头像和昵称',
  fill: '填写头像和昵称',
  save: '保存',
  cancel: '取消',
  saved: '已保存',
  /** After what has been done: it could not be loaded. */
  notShown: '，但没能读取最新的资料。',
  notSaved: '没有保存。',
  /** No answer came, and the client could not find out. */
  undecided: '没能确认是否已保存。',
  denied: '没有保存：您未允许。需要时可以再次点击保存。',
  bound: '手机号已绑定',
  boundText: '只显示部分数字。仅用于搬家师傅与您联系。',
}

const en: typeof zhHans = {
  title: 'My Profile',
  guestText: 'Log in to see and edit your profile photo, name and phone number.',
  picture: 'Profile Photo',
  nickname: 'Name',
  phoneNumber: 'Phone',
  unknown: 'Not Set',
  purpose:
    'You add profile photo and name yourself. They are shown under Me, and the movers use the name to address you.',
  edit: 'Edit Profile Photo and Name',
  fill: 'Add Profile Photo and Name',
  save: 'Save',
  cancel: 'Cancel',
  saved: 'Saved',
  notShown: ', but your new profile could not be loaded.',
  notSaved: 'Not saved. ',
  undecided: 'Could not confirm that this was saved. ',
  denied: 'Not saved: you did not allow it. Tap Save again whenever you like.',
  bound: 'Phone number linked',
  boundText: 'Only some digits are shown. Used only for the movers to reach you.',
}

/** What the profile says. */
export const profile = computed(() => (language.value === 'en' ? en : zhHans))
