import { expect, it } from 'vitest'
import type { MiniProgramOptions } from '../../src/host/miniProgramOptions'
import { useHost } from './host'

const host = useHost()
const joined = 'getUserInfo,getPhoneNumber'

it.each<[string, MiniProgramOptions, string, unknown]>([
  ['iOS', { platform: 'ios' }, 'Www-Authenticate', joined],
  ['Android', { platform: 'android' }, 'WWW-Authenticate', joined],
  ['DevTools', { platform: 'devtools' }, 'WWW-Authenticate', joined],
  ['HTTP/2', { headerSpelling: 'lower' }, 'www-authenticate', joined],
  ['upper case', { headerSpelling: 'upper' }, 'WWW-AUTHENTICATE', joined],
  [
    'a function',
    { headerSpelling: (name) => name.replace('www', 'wWw') },
    'wWw-authenticate',
    joined,
  ],
  [
    'arrays of values',
    { headerValues: 'array' },
    'Www-Authenticate',
    ['getUserInfo', 'getPhoneNumber'],
  ],
])('the headers of an answer are spelled for %s', async (_, options, name, value) => {
  const { request, close } = host.open(options)
  const outcome = await request('/challenge')
  if (outcome.kind !== 'ok') throw new Error(`the request ended as ${outcome.kind}`)
  const { statusCode, header } = outcome.result as {
    statusCode: number
    header: Record<string, unknown>
  }
  expect(statusCode).toBe(401)
  const names = Object.keys(header).filter((key) => key.toLowerCase() === 'www-authenticate')
  expect(names).toEqual([name])
  expect(header[name]).toEqual(value)
  close()
})
