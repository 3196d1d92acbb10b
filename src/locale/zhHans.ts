/** `data` says how the data is used. */
export const zhHans = {
  login: {
    title: '登录后继续',
    data: '登录只用来认出您在本小程序中的账号，不会获取手机号、头像或昵称。',
    allow: '登录',
  },
  getPhoneNumber: {
    title: '需要您的手机号',
    data: '手机号由微信提供，只发送给本小程序的服务方。',
    allow: '使用微信手机号',
    byText: '用短信验证码确认',
  },
  profile: {
    title: '完善头像和昵称',
    data: '您填写的头像和昵称只发送给本小程序的服务方。',
    allow: '保存并继续',
    /** For base libraries where WeChat's own dialogue asks. */
    allowInWechat: '使用微信头像和昵称',
    /** Shown in that dialogue; at most 30 characters. */
    purpose: '用于完善您的资料',
  },
  unionid: {
    title: '确认您的微信身份',
    data: '只用来在服务方的各个应用中认出您，不含手机号、真实头像和昵称。',
    allow: '同意',
  },
  privacy: {
    title: '隐私保护提示',
    data: '使用这项功能前，请先阅读并同意隐私保护指引。不同意也可以继续浏览。',
    allow: '同意并继续',
  },
  /** Who asks, if the app has not set its name; and what comes after the name. */
  thisApp: '本小程序',
  asks: '申请',
  /** Before the link to the privacy terms, on buttons whose press agrees to them. */
  agreeing: '点击即表示同意',
  terms: '《隐私保护指引》',
  cancel: '暂不',
  onlyInWechat: '请在微信小程序中打开后再操作。',
  avatar: '选择头像',
  nickname: '昵称',
  nicknamePlaceholder: '请填写昵称',
  nicknameMissing: '请填写昵称。',
  nicknameRejected: '这个昵称没有通过微信的检查，请换一个。',
  uploading: '正在上传头像',
  /** By AuthErrorCode: what to do now. */
  errors: {
    login_failed: '微信登录没有成功，请稍后再试。',
    login_rejected: '登录未被接受，请再试一次。',
    login_too_old: '请重新登录后再试。',
    login_timeout: '登录超时，请检查网络后再试。',
    network: '网络不通，请检查网络后再试。',
    timeout: '等待时间过长，请检查网络后再试。',
    aborted: '操作已中断，请再试一次。',
    signed_out: '您已退出登录，请重新登录。',
    prompt_cancelled: '您已取消，需要时可再次操作。',
    prompt_denied: '您未授权。如需继续，请再点一次并选择允许。',
    prompt_unavailable: '现在无法显示授权提示，请返回后再试。',
    still_challenged: '授权未生效，请稍后再试或联系客服。',
    press_again: '信息已过期，请再点一次。',
    picture_refused: '这张图片无法使用，请换一张（JPEG、PNG 或 WebP，不超过 2 MB）。',
    number_taken: '这个号码属于另一个账号。请换一个号码，或联系客服。',
    proof_needed: '这个号码需要通过短信验证码确认。',
    confirmation_needed: '这个号码已有账号，请确认是否是您的。',
    second_proof_needed: '短信验证码还不够，请用密码或微信登录这个账号。',
    quota_exhausted: '手机号授权暂时不可用，请稍后再试或联系客服。',
    not_permitted: '本小程序暂不能获取此信息，请联系客服。',
    privacy_refused: '需先同意隐私保护指引，请再点一次并选择同意。',
    unknown_challenge: '当前版本不支持此操作，请更新小程序后再试。',
    protocol: '服务返回异常，请稍后再试或联系客服。',
  },
}
