// uni-app replaces it when it compiles. Declared here, not for all: apps may know it otherwise.
declare const process: { env: { UNI_PLATFORM?: string } }

/** Whether the app is compiled for WeChat's mini-programs. */
export const isMpWeixin = process.env.UNI_PLATFORM === 'mp-weixin'

/** Whether it is compiled for browsers. */
export const isH5 = process.env.UNI_PLATFORM === 'h5'
