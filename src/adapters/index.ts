export { createAlovaAdapter } from './alova'
export { createLuchRequest } from './luchRequest'
export { createUniRequest } from './uniRequest'

export type { UniRequest } from './uniRequest'
