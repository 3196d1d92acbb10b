import { expect, it } from 'vitest'
import type { RequestRecord } from '../../src/record'
import { challengesOf, demandsOf, readChallenges } from '../../src/workbench/timeline/challenges'
import { createNotes } from './records'

it.each([
  ['getPhoneNumber', [{ scheme: 'getPhoneNumber', params: {} }]],
  [
    'getUserInfo scope="unionid", getPhoneNumber',
    [
      { scheme: 'getUserInfo', params: { scope: 'unionid' } },
      { scheme: 'getPhoneNumber', params: {} },
    ],
  ],
  [
    'Bearer error="invalid_token", error_description="gone, \\"for good\\""',
    [
      {
        scheme: 'Bearer',
        params: { error: 'invalid_token', error_description: 'gone, "for good"' },
      },
    ],
  ],
  [
    'Basic QWxhZGRpbg==, WxLogin',
    [
      { scheme: 'Basic', params: {} },
      { scheme: 'WxLogin', params: {} },
    ],
  ],
  [', ,getUserInfo,,', [{ scheme: 'getUserInfo', params: {} }]],
  ['"lost" = , =', []],
  ['', []],
])('reads %j', (value, challenges) => {
  expect(readChallenges(value)).toEqual(challenges)
})

it.each([
  ['', ['logIn']],
  ['WxLogin, Bearer', ['logIn']],
  ['Bearer error="invalid_token", getPhoneNumber', ['logIn']],
  ['GETPHONENUMBER', ['getPhoneNumber']],
  ['getUserInfo, getPhoneNumber, WxLogin', ['getUserInfo', 'getPhoneNumber']],
  ['Negotiate', ['unknown']],
])('knows what %j asks for', (value, demands) => {
  expect(demandsOf(readChallenges(value))).toEqual(demands)
})

it('reads the challenges of an upload from its body, since uploads report no headers', () => {
  const request = { path: '/auth/avatar', at: 0, status: 401, challenge: 'getUserInfo' }
  const record = createNotes().request(request)
  delete record.responseHeaders
  expect(challengesOf(record)).toEqual([{ scheme: 'getUserInfo', params: {} }])
  const torn: RequestRecord = { ...record, responseBody: '{"challenges":' }
  expect(challengesOf(torn)).toEqual([])
})
