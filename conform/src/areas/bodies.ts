import { demandRefusal } from '../answers'
import type { Area, Probe } from '../check'
import { anySession } from '../sampleUsers'

const endpoints = ['/auth/login', '/auth/phone-number', '/auth/user-info']

/** A body that no endpoint takes, sent to all of them. */
function refused(what: string, body: string | Uint8Array<ArrayBuffer>, type = 'application/json') {
  return refusedBy(endpoints, what, body, type)
}

function refusedBy(
  paths: string[],
  what: string,
  body: string | Uint8Array<ArrayBuffer>,
  type: string,
): Probe {
  return {
    title: `${what} is refused, and does not send the client to log in`,
    section: 'faulty-requests',
    async probe(context) {
      const { token } = await anySession(context)
      for (const path of paths) {
        const sending = { body, headers: { 'Content-Type': type } }
        const isLogin = path === '/auth/login'
        const exchange = await context.send('POST', path, isLogin ? sending : { ...sending, token })
        demandRefusal(exchange, `${what} to ${path}`)
      }
    },
  }
}

export const bodies: Area = {
  title: 'Faulty bodies',
  checks: {
    half: refused('half a JSON text', '{"code":'),
    empty: refused('an empty body', ''),
    'no-utf8': refused('a body that is not UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22])),
    array: refused('an array', '[{"code":"conform"}]'),
    null: refused('null', 'null'),
    types: refused(
      'JSON of wrong types',
      '{"code":{"a":[1]},"encryptedData":7,"iv":null,"nickname":[],"avatarUrl":{}}',
    ),
    'control-characters': refused(
      'text of control characters',
      '{"code":"\\u0000\\u0001","nickname":"\\u0000"}',
    ),
    deep: refused('JSON of ten thousand levels', `${'['.repeat(10_000)}${']'.repeat(10_000)}`),
    'media-type': refused('a body of text/plain', 'hello', 'text/plain'),
    huge: refusedBy(
      ['/auth/login'],
      'a body of 4 MiB',
      JSON.stringify({ code: 'x'.repeat(4 * 1024 * 1024) }),
      'application/json',
    ),
  },
}
