export { createAlovaAdapter } from './alova'
export { createAxiosAdapter } from './axios'
export { createLuchRequest } from './luchRequest'
export { createUniAjaxAdapter } from './uniAjax'
export { createUniNetworkAdapters } from './uniNetwork'
export { createUniRequest } from './uniRequest'

export type { UniRequest } from './uniRequest'
