import { computed } from 'vue'
import { language } from '../language'

/** Chinese and English; flat, as a word may be in several sections. */
const both = {
  title: ['登录诊断', 'Login Diagnostics'],
  intro: [
    '把手机、网络和登录的情况整理成一份文字报告。报告中没有口令、登录码、手机号和昵称。',
    'Puts phone, network and login into a report as text. It holds no token, login code, phone number or nickname.',
  ],
  copy: ['复制报告', 'Copy Report'],
  copied: ['报告已复制，请粘贴到测试记录中。', 'Copied. Paste the report into your test record.'],
  privacyRefused: [
    '您没有同意隐私保护指引，微信不允许复制。请长按下面的文字，选中后复制。',
    'You have not agreed to the privacy terms, so WeChat does not copy. Press and hold the text below to select and copy it.',
  ],
  notCopied: [
    '没有复制成功。请长按下面的文字，选中后复制。',
    'Could not copy. Press and hold the text below to select and copy it.',
  ],
  yes: ['是', 'Yes'],
  no: ['否', 'No'],
  none: ['无', 'None'],
  notReported: ['未告知', 'Not reported'],
  notYet: ['还没有', 'Not yet'],

  headers: ['响应头', 'Response headers'],
  checkAgain: ['再查一次', 'Check Again'],
  noAnswer: ['没有回应', 'No answer'],
  status: ['状态码（应为 401）', 'Status (should be 401)'],
  protocol: ['HTTP 协议', 'HTTP protocol'],
  missing: [
    '没有收到：服务端没有发出，或被网络、网关去掉了。',
    'Missing: the backend did not send it, or a network or gateway removed it.',
  ],
  hasCopy: [
    '响应体中带有同样的内容，客户端以它为准。',
    'The body has a copy of it, which the client goes by.',
  ],
  noCopy: [
    '响应体中也没有，客户端只能静默登录，无法弹出授权提示。',
    'The body has no copy: the client can only log in silently, never ask the user.',
  ],
  string: ['字符串', 'string'],
  array: ['数组', 'array'],
  otherForm: ['其他类型', 'another type'],
  schemes: ['读到的认证方式', 'Schemes read from it'],
  names: ['收到的全部名称', 'All names as they arrived'],

  session: ['登录状态', 'Session'],
  hasToken: ['持有口令', 'Token held'],
  remaining: ['剩余时间 / 有效期', 'Remaining / lifetime'],
  hasUserInfo: ['已知用户信息', 'User info known'],
  hasPhoneNumber: ['已知手机号', 'Phone number known'],
  version: ['状态版本', 'State version'],
  isSignedOut: ['用户已退出登录', 'Logged out by the user'],
  openPrompt: ['授权提示', 'Open prompt'],

  phone: ['手机与微信', 'Phone and WeChat'],
  model: ['型号', 'Model'],
  system: ['系统', 'System'],
  wechat: ['微信版本', 'WeChat'],
  sdk: ['基础库', 'Base library'],
  language: ['语言（手机 / 小程序）', 'Language (phone / app)'],
  theme: ['深浅模式', 'Light or dark'],
  mediaQuery: ['样式的深浅模式', 'Light or dark in styles'],
  textScale: ['字号倍数', 'Text scale'],
  network: ['网络', 'Network'],
  window: ['窗口', 'Window'],
  problems: ['未告知的信息', 'Not reported by the host'],

  burst: ['并发请求', 'Burst of requests'],
  burstIntro: [
    '先让服务端作废当前口令，再同时发出 20 个请求。应只重新登录 1 次，且全部成功。',
    'The backend ends the current token, then 20 requests go out at once. There should be 1 login, and all should succeed.',
  ],
  burstSignedOut: [
    '您已退出登录。这项测试需要口令，请登录后再试。',
    'You have logged out. This test needs a token: log in first.',
  ],
  run: ['发出 20 个请求', 'Send 20 Requests'],
  succeeded: ['成功', 'Succeeded'],
  logins: ['登录次数', 'Logins'],
  duration: ['用时', 'Duration'],
  good: ['符合预期：全部成功，只登录了 1 次。', 'As it should be: all succeeded, with 1 login.'],
  bad: [
    '不符合预期：应全部成功，且只登录 1 次。',
    'Not as it should be: all should succeed, with 1 login.',
  ],

  events: [
    '最近的登录事件（最多 200 条，新的在前，时间为首次打开本页后的秒数）',
    'Last events (200 at most, newest first, in seconds since this page was first opened)',
  ],
  showAll: ['显示全部', 'Show All'],
  showLess: ['只显示最近的', 'Show the Newest Only'],
  pending: ['尚无回应', 'no answer yet'],
  failed: ['失败', 'failed'],
  timeout: ['超时', 'timed out'],
  interrupted: ['进入后台被中断', 'interrupted by the background'],
  aborted: ['已取消', 'aborted'],
  alive: ['有效', 'alive'],
  dead: ['已失效', 'dead'],
  guest: ['访客', 'guest'],
  token: ['口令', 'token'],
  loginCode: ['登录码', 'login code'],
  other: ['其他凭证', 'other credentials'],
  again: ['401 后再发', 'again after 401'],
  restored: ['记录开始时已登录', 'logged in when the journal began'],
  signedIn: ['已登录', 'logged in'],
  renewed: ['登录状态有更新', 'session updated'],
  ended: ['登录状态已失效', 'session ended'],
  signedOut: ['用户已退出登录', 'logged out by the user'],
  prompt: ['授权提示', 'prompt'],
  opened: ['弹出', 'opened'],
  submitting: ['正在提交', 'submitting'],
  closed: ['关闭', 'closed'],
  background: ['进入后台', 'to the background'],
  foreground: ['回到前台', 'to the foreground'],
  userInfo: ['用户信息', 'user info'],
  phoneNumber: ['手机号', 'phone number'],
} satisfies Record<string, [zhHans: string, en: string]>

/** What the page and its report say. */
export type DiagnosticsTexts = Record<keyof typeof both, string>

const pick = (index: number) =>
  Object.fromEntries(
    Object.entries(both).map(([name, words]) => [name, words[index]]),
  ) as DiagnosticsTexts

const zhHans = pick(0)

/** The report's language, whatever the page's: those who read it are many. */
export const en = pick(1)

/** In the app's language. */
export const diagnosticsTexts = computed(() => (language.value === 'en' ? en : zhHans))
