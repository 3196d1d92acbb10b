import { mine } from './zhHans/mine'

export const zhHans = {
  appName: '易搬家',
  tabs: { home: '首页', mine: '我的' },
  retry: '重试',
  contact: '联系客服',

  home: {
    slogan: '明码标价，准时上门',
    from: '起',
    book: '预约',
    notSold: '暂不在此出售',
    empty: '暂无可预约的服务，请稍后再来看看',
  },
  mine,

  /** What went wrong with a request, and what to do. */
  failures: {
    network: '网络不通，请检查网络后重试',
    tooOften: '操作太频繁，请稍后再试',
    login: '登录没有成功，请稍后重试',
    privacy: '需先同意隐私保护指引，请再点一次并选择同意',
    pressAgain: '信息已过期，请再点一次',
    numberTaken: '这个号码属于另一个账号。请换一个号码，或联系客服',
    noNumber: '现在无法通过微信取得手机号，请稍后再试或联系客服',
    noEffect: '授权未生效，请稍后再试或联系客服',
    cannotAsk: '现在无法显示授权提示，请返回后再试',
    picture: '这张图片无法使用，请换一张（JPEG、PNG 或 WebP，不超过 2 MB）',
    outdated: '当前版本不支持此操作，请更新小程序后再试',
    service: '服务暂时不可用，请稍后重试',
  },
}

/** What the pages say. */
export type AppTexts = typeof zhHans
