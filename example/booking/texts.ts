import { computed } from 'vue'
import { language } from '../language'

// Beside their page, not in ../texts: the main package has no use for them.
export const zhHans = {
  title: '预约搬家',
  from: '起',
  restored: '已恢复您上次填写的内容',
  clear: '清空',
  loading: '正在读取服务',
  unknownService: '没有找到这项服务，请返回首页重新选择',
  date: { label: '日期', hint: '选择上门日期' },
  fields: {
    name: { label: '联系人', hint: '姓名' },
    phone: { label: '电话', hint: '上门前联系您' },
    address: { label: '地址', hint: '小区和门牌号' },
    note: { label: '备注', hint: '选填，如有无电梯' },
  },
  map: {
    open: '地图',
    label: '在地图上选择地址',
    reason: '打开地图需要您的位置，只用来选择地址。请在设置中允许使用位置信息。',
    denied: '未允许使用位置。请直接填写地址，或再点“地图”，到设置中允许。',
    failed: '没能从地图取得地址，请直接填写。',
  },
  /** What a field lacks before the form is worth sending. */
  missing: {
    date: '请选择日期',
    name: '请填写联系人',
    phone: '请填写联系电话',
    address: '请填写地址',
  },
  wrongPhone: '请填写正确的电话号码',
  /** Where the backend's own words are in another language. */
  refused: {
    date: '请选择其他日期',
    name: '请检查联系人',
    phone: '请检查电话号码',
    address: '请检查地址',
    note: '请检查备注',
  },
  purpose:
    process.env.UNI_PLATFORM === 'mp-weixin'
      ? '提交时需要您的微信手机号，只用于搬家师傅与您联系。'
      : '提交时需要您的手机号，只用于搬家师傅与您联系。',
  /** For a number that has to be proved. */
  byText: '用短信验证码确认',
  submit: '提交预约',
  declined: '尚未提交。您填写的内容都在，可随时再次提交。',
  noNumber:
    '现在无法通过微信取得手机号，预约尚未提交。您填写的内容会保留，请稍后再试，或联系客服预约。',
  /** For as long as the backend takes an equal booking for the same one, from the first on. */
  undecided: '预约可能已经提交，但没能确认。请不作改动再次提交：10 分钟内不会重复预约。',
  done: '预约成功',
  doneText: (date: string) => `${date} 上门，我们会提前与您电话确认`,
  showBookings: '查看我的预约',
}

export type BookingTexts = typeof zhHans

export const en: BookingTexts = {
  title: 'Book a Move',
  from: 'and up',
  restored: 'What you had filled in is back',
  clear: 'Clear',
  loading: 'Loading the service',
  unknownService: 'This service was not found. Go back to Home and choose another.',
  date: { label: 'Date', hint: 'Choose a day' },
  fields: {
    name: { label: 'Name', hint: 'Who to ask for' },
    phone: { label: 'Phone', hint: 'To reach you' },
    address: { label: 'Address', hint: 'Street and door' },
    note: { label: 'Note', hint: 'Optional, e.g. stairs' },
  },
  map: {
    open: 'Map',
    label: 'Choose the address on the map',
    reason: 'The map needs your location, only to choose the address. Open Settings to allow it?',
    denied: 'Location is not allowed. Type the address, or tap Map again to allow it in Settings.',
    failed: 'The map gave no address. Please type it.',
  },
  missing: {
    date: 'Please choose a date',
    name: 'Please enter a name',
    phone: 'Please enter a phone number',
    address: 'Please enter the address',
  },
  wrongPhone: 'Please enter a valid phone number',
  refused: {
    date: 'Please choose another date',
    name: 'Please check the name',
    phone: 'Please check the phone number',
    address: 'Please check the address',
    note: 'Please check the note',
  },
  purpose:
    process.env.UNI_PLATFORM === 'mp-weixin'
      ? 'Booking needs your WeChat phone number, only for the movers to reach you.'
      : 'Booking needs your phone number, only for the movers to reach you.',
  byText: 'Confirm by Text Code',
  submit: 'Book',
  declined: 'Not booked yet. What you filled in is still here; book whenever you like.',
  noNumber:
    'WeChat cannot give your phone number right now, so this is not booked yet. What you filled in is kept: try again later, or book through customer service.',
  undecided:
    'This may be booked already: we could not confirm it. Tap Book again without changing anything: within 10 minutes it is not booked twice.',
  done: 'Booked',
  doneText: (date) => `The movers come on ${date}. We will call you first.`,
  showBookings: 'Show My Bookings',
}

/** What the page of a booking says. */
export const booking = computed<BookingTexts>(() => (language.value === 'en' ? en : zhHans))
