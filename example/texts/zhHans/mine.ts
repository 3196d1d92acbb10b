export const mine = {
  signedIn: '已登录',
  guest: '未登录',
  guestText:
    process.env.UNI_PLATFORM === 'mp-weixin'
      ? '登录后可以查看预约、领取优惠券。登录只用来认出您的账号，不获取手机号、头像或昵称。'
      : '用手机号登录后，可以查看您的预约。',
  signIn: '登录',
  picture: '头像',
  bind: '绑定手机号',
  bindReason: '绑定后，搬家师傅可以与您联系，预约时不必再次授权。',
  bindDenied: '您未允许，需要时可再点一次',
  coupon: '新人优惠券',
  claim: '去领取',
  claimed: '已领取',
  bookings: '我的预约',
  noBookings: '还没有预约',
  browse: '去看看服务',
  profile: '个人资料',
  account: '账号与安全',
  settings: '设置',
}
