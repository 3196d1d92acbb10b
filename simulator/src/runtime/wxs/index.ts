export { createWxs, type Wxs } from './createWxs'
