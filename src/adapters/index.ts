export { createAlovaAdapter } from './alova'
export { createUniRequest } from './uniRequest'

export type { UniRequest } from './uniRequest'
