import fc from 'fast-check'
import { networkOf, parseAddress } from '../../../server/src/http/network'
import { parsePhone } from '../../../server/src/phone'
import { readPushMessage } from '../../../server/src/wechat/pushMessage'
import { linear } from './linear'
import { mutated, mutatedJSON } from './mutations'
import { target, type FuzzTarget } from './target'

const XML = [
  '<',
  '>',
  '</',
  '/>',
  '<xml>',
  '</xml>',
  '<![CDATA[',
  ']]>',
  '&amp;',
  '&#0;',
  '&a;',
  '<!DOCTYPE ',
  '<?',
  '--',
  '"',
  '=',
  ' ',
]
const validXML = fc.constantFrom(
  '<xml><ToUserName><![CDATA[gh_1]]></ToUserName><CreateTime>1</CreateTime><Event>user_authorize_cancellation</Event></xml>',
  '<!DOCTYPE a [<!ENTITY b "c">]><xml><OpenID>&b;</OpenID></xml>',
)
const ADDRESS = [
  '1',
  '255',
  '.',
  ':',
  '::',
  '[',
  ']',
  '%',
  'eth0',
  'ffff',
  ' ',
  '/',
  'a',
  '::ffff:',
  '::1',
]
const PHONE = ['+', '86', '138', '0013', '8000', ' ', '-', '(', '\u00a0', '１', '1']

export const SERVER: FuzzTarget[] = [
  target(
    'pushes of WeChat: a message has texts alone, and no prototype of its own',
    2_000,
    fc.property(
      fc.oneof(mutated(validXML, XML), mutatedJSON(fc.dictionary(fc.string(), fc.jsonValue()))),
      (text) => {
        const message = readPushMessage(Buffer.from(text))
        if (message === undefined) return true
        const isPlain = Object.getPrototypeOf(message) === Object.prototype
        return isPlain && Object.values(message).every((value) => typeof value === 'string')
      },
    ),
  ),
  target(
    'addresses of clients: what is one stays one, and belongs to one network',
    2_000,
    fc.property(
      mutated(fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant('[::ffff:1.2.3.4%eth0]:80')), ADDRESS),
      (text) => {
        const address = parseAddress(text)
        if (address === undefined) return true
        return parseAddress(address) === address && networkOf(address) !== ''
      },
    ),
  ),
  target(
    'phone numbers: one that is typed is E.164, which is the same number when it is typed',
    2_000,
    fc.property(
      mutated(fc.constantFrom('13800138000', '+86 138-0013-8000', '+4915112345678'), PHONE),
      (typed) => {
        const phone = parsePhone(typed)
        return (
          phone === undefined || (/^\+[1-9]\d{5,14}$/.test(phone) && parsePhone(phone) === phone)
        )
      },
    ),
  ),
  linear('pushes of WeChat: they are read', (text) => readPushMessage(Buffer.from(text)), XML),
  linear('addresses of clients: they are read', parseAddress, ADDRESS),
  linear('phone numbers: they are read', parsePhone, PHONE),
]
