export { createAlovaAdapter } from './alova'
export { createLuchRequest } from './luchRequest'
export { createUniNetworkAdapters } from './uniNetwork'
export { createUniRequest } from './uniRequest'

export type { UniRequest } from './uniRequest'
