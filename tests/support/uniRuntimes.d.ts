/** What is used here of uni-app's own runtimes, which come without types. */
interface UniRuntime {
  addInterceptor(api: string | object, hooks?: object): void
  removeInterceptor(api: string | object): void
}

declare module '@dcloudio/uni-mp-weixin/dist/uni.api.esm.js' {
  const uni: UniRuntime
  export default uni
}

declare module '@dcloudio/uni-h5/dist/uni-h5.es.js' {
  export const addInterceptor: UniRuntime['addInterceptor']
  export const removeInterceptor: UniRuntime['removeInterceptor']
}
