import { expect, it } from 'vitest'
import { mayOfferVirtualGoods } from '../../../example/virtualGoods'

it.each([
  ['mp-weixin', 'ios', false],
  ['mp-weixin', 'android', false],
  ['mp-weixin', 'devtools', false],
  ['mp-weixin', 'unknown', false],
  ['miniGame', 'ios', false],
  ['miniGame', 'android', true],
  ['app', 'ios', false],
  ['app', 'android', true],
  ['app', 'ohos', false],
  ['h5', 'ios', false],
  ['h5', 'android', false],
  ['mp-alipay', 'android', false],
  ['constructor', 'name', false],
  [undefined, 'android', false],
])('in %s on %s virtual goods may be offered: %s', (host, platform, may) => {
  expect(mayOfferVirtualGoods(host, platform)).toBe(may)
})
