export const zhHans = {
  appName: '易搬家',
  tabs: { home: '首页', mine: '我的' },
  retry: '重试',

  home: {
    slogan: '明码标价，准时上门',
    from: '起',
    book: '预约',
    empty: '暂无可预约的服务，请稍后再来看看',
  },

  /** What went wrong with a request, and what to do. */
  failures: {
    network: '网络不通，请检查网络后重试',
    tooOften: '操作太频繁，请稍后再试',
    onlyInWechat: '请在微信小程序中打开后再操作',
    login: '登录没有成功，请稍后重试',
    service: '服务暂时不可用，请稍后重试',
  },
}
