import type { Language } from '../../wire'

const chinese = {
  allow: '允许',
  reject: '不允许',
  agree: '同意',
  refuse: '拒绝',
  cancel: '取消',
  confirm: '确定',
  back: '返回',
  requests: '申请',
  phoneNumber: '申请获取并验证你的手机号',
  realtimePhoneNumber: '申请获取并实时验证你的手机号',
  boundNumber: '微信绑定号码',
  userInfo: '申请获取你的公开信息',
  userInfoText: '昵称、头像、地区及性别',
  avatarTitle: '选择头像',
  wechatAvatar: '用微信头像',
  album: '从相册选择',
  camera: '拍照',
  address: '选择收货地址',
  place: '选择位置',
  pick: '请选择',
  settings: '设置',
  settingsText: (app: string) => `允许“${app}”使用`,
  nothingAsked: '没有向你申请过任何权限',
  privacyTitle: '用户隐私保护提示',
  privacyText: (app: string) => `感谢使用${app}。使用前请阅读并同意`,
  contract: '《用户隐私保护指引》',
  contractTitle: '用户隐私保护指引',
  contractText: (app: string) =>
    `${app}的开发者须在此说明：收集哪些个人信息、用于什么目的、保存多久，以及如何撤回同意。` +
    '真机上显示的是开发者在小程序管理后台填写的内容，模拟器没有这份内容。',
  copied: '内容已复制',
  chatTitle: '客服会话',
  chatText: (app: string) => `真机上这里是与${app}客服的聊天，模拟器没有。`,
  systemSettingsTitle: '系统设置',
  systemSettingsText: '真机上这里是系统中微信的授权管理页，模拟器没有。',
  noQuota: '该功能使用次数已达当前小程序上限，暂时无法使用',
  defaultApp: '小程序',
  scopes: {
    'scope.userLocation': '你的位置信息',
    'scope.userFuzzyLocation': '你的模糊位置信息',
    'scope.writePhotosAlbum': '保存到相册',
    'scope.record': '麦克风',
    'scope.camera': '摄像头',
    'scope.bluetooth': '蓝牙',
    'scope.werun': '微信运动步数',
    'scope.addPhoneContact': '添加到联系人',
    'scope.addPhoneCalendar': '添加到日历',
  } as Record<string, string>,
  scope: (name: string) => `申请使用${name}`,
}

/** What WeChat's own dialogues say. */
export type Words = typeof chinese

const english: Words = {
  allow: 'Allow',
  reject: 'Reject',
  agree: 'Agree',
  refuse: 'Reject',
  cancel: 'Cancel',
  confirm: 'OK',
  back: 'Back',
  requests: 'requests',
  phoneNumber: 'Get and verify your phone number',
  realtimePhoneNumber: 'Get your phone number and verify it now',
  boundNumber: 'Number linked to WeChat',
  userInfo: 'Get your public info',
  userInfoText: 'Name, profile photo, region and gender',
  avatarTitle: 'Choose a profile photo',
  wechatAvatar: 'Use WeChat Profile Photo',
  album: 'Choose from Album',
  camera: 'Take Photo',
  address: 'Choose an address',
  place: 'Choose a place',
  pick: 'Choose',
  settings: 'Settings',
  settingsText: (app) => `Allow “${app}” to use`,
  nothingAsked: 'No permission has been requested',
  privacyTitle: 'Privacy protection',
  privacyText: (app) => `Thank you for using ${app}. Before you go on, read and agree to the`,
  contract: 'Privacy Protection Guidelines',
  contractTitle: 'Privacy Protection Guidelines',
  contractText: (app) =>
    `Here the developer of ${app} has to say which personal data is collected, for what, for how ` +
    'long, and how consent is withdrawn. A phone shows what the developer wrote in the mini-program ' +
    'admin console; the simulator does not have it.',
  copied: 'Copied',
  chatTitle: 'Customer service',
  chatText: (app) =>
    `On a phone this is a chat with those who serve ${app}; the simulator has none.`,
  systemSettingsTitle: 'System settings',
  systemSettingsText:
    'On a phone these are the system’s permissions of WeChat; the simulator has none.',
  noQuota: 'This feature has reached its limit for this mini-program and is not available now',
  defaultApp: 'Mini-program',
  scopes: {
    'scope.userLocation': 'your location',
    'scope.userFuzzyLocation': 'your approximate location',
    'scope.writePhotosAlbum': 'saving to your album',
    'scope.record': 'the microphone',
    'scope.camera': 'the camera',
    'scope.bluetooth': 'Bluetooth',
    'scope.werun': 'your WeRun steps',
    'scope.addPhoneContact': 'adding to contacts',
    'scope.addPhoneCalendar': 'adding to the calendar',
  },
  scope: (name) => `Use ${name}`,
}

/** WeChat's words in its language; the labels follow WeChat's, the rest is this project's. */
export const wordsIn = (language: Language): Words => (language === 'en' ? english : chinese)
