// uni-app replaces it when it compiles. Declared here, not for all: apps may know it otherwise.
declare const process: { env: { UNI_PLATFORM?: string } }

/** Whether the app is compiled for WeChat's mini-programs. */
export const isMpWeixin = process.env.UNI_PLATFORM === 'mp-weixin'

/** Whether it is compiled for browsers. */
export const isH5 = process.env.UNI_PLATFORM === 'h5'

/** Whether it is compiled for uni-app's App, by the names of its versions. Comparisons, which bundlers fold. */
export const isApp =
  process.env.UNI_PLATFORM === 'app' ||
  process.env.UNI_PLATFORM === 'app-plus' ||
  process.env.UNI_PLATFORM === 'app-harmony'
