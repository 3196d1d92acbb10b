import { describe, expect, it } from 'vitest'
import type { AuthErrorCode } from '../../../src/auth/errors'
import type { ButtonDetail } from '../../../src/auth/types'
import { answerAll, challenge, givePhone } from '../../support/challenged'
import { openClient } from '../../support/client'

/** WeChat's spellings, by client and age. */
const PHONE: [ButtonDetail, AuthErrorCode][] = [
  [{ errMsg: 'getPhoneNumber:fail user deny' }, 'prompt_denied'],
  [{ errMsg: 'getPhoneNumber:fail:user deny' }, 'prompt_denied'],
  [{ errMsg: 'getPhoneNumber:user deny' }, 'prompt_denied'],
  [{ errMsg: 'getPhoneNumber:fail user cancel' }, 'prompt_denied'],
  [{ errMsg: 'getPhoneNumber:OK' }, 'prompt_denied'],
  [{ errMsg: 'getPhoneNumber:ok ' }, 'prompt_denied'],
  [{ errMsg: 'getUserInfo:ok' }, 'prompt_denied'],
  [{ errMsg: '' }, 'prompt_denied'],
  [{}, 'prompt_denied'],
  [{ code: 'code-without-errMsg' }, 'prompt_denied'],
  [{ errMsg: 'getPhoneNumber:fail no permission' }, 'not_permitted'],
  [{ errMsg: 'getPhoneNumber:fail jsapi has no permission', errno: 102 }, 'not_permitted'],
  [{ errMsg: 'getPhoneNumber:fail', errno: 102 }, 'not_permitted'],
  [{ errMsg: 'getPhoneNumber:fail', errno: 112 }, 'not_permitted'],
  [
    {
      errMsg: 'getPhoneNumber:fail api scope is not declared in the privacy agreement',
      errno: 112,
    },
    'not_permitted',
  ],
  // Without an errno, as older clients give it: no press mends these.
  [
    { errMsg: 'getPhoneNumber:fail api scope is not declared in the privacy agreement' },
    'not_permitted',
  ],
  [{ errMsg: 'getPhoneNumber:fail appid privacy api banned' }, 'not_permitted'],
  [{ errMsg: 'getPhoneNumber:fail', errno: 1400001 }, 'quota_exhausted'],
  [{ errMsg: 'getPhoneNumber:fail no permission', errno: 1400001 }, 'quota_exhausted'],
  [{ errMsg: 'getPhoneNumber:fail', errno: 103 }, 'privacy_refused'],
  [{ errMsg: 'getPhoneNumber:fail', errno: 104 }, 'privacy_refused'],
  [{ errMsg: 'getPhoneNumber:fail privacy permission is not authorized' }, 'privacy_refused'],
  [
    { errMsg: 'getPhoneNumber:fail privacy permission is not authorized', errno: 104 },
    'privacy_refused',
  ],
]

const USER: [ButtonDetail, AuthErrorCode][] = [
  [{ errMsg: 'getUserInfo:fail auth deny' }, 'prompt_denied'],
  [{ errMsg: 'getUserInfo:fail:auth denied' }, 'prompt_denied'],
  [{ errMsg: 'fail:auth denied' }, 'prompt_denied'],
  [{ errMsg: 'getUserInfo:cancel' }, 'prompt_denied'],
  [{ errMsg: 'getPhoneNumber:ok' }, 'prompt_denied'],
  [{ errMsg: 'getUserInfo:fail privacy permission is not authorized' }, 'privacy_refused'],
  [{ errMsg: 'getUserInfo:fail', errno: 112 }, 'not_permitted'],
]

/** No host should, but one that is mended by a plugin might. */
const SHAPELESS = [7, null, {}, [], true].map((errMsg) => ({ errMsg }) as unknown as ButtonDetail)

describe('guarantee 17: a refusal in WeChat’s own dialogue', () => {
  it.each(SHAPELESS)('that is no text, %j, is prompt_denied', async (detail) => {
    const { auth } = openClient({ token: 't' })
    await expect(auth.submitPhoneNumber(detail)).rejects.toMatchObject({ code: 'prompt_denied' })
    await expect(auth.submitUserInfo({ detail })).rejects.toMatchObject({ code: 'prompt_denied' })
  })

  it.each(PHONE)('of the phone number button, %j, is %s', async (detail, code) => {
    const client = openClient({ token: 't' })
    const waiting = await challenge(client, '/a', 'getPhoneNumber reason="why"')
    await client.auth.submitPhoneNumber(detail)
    expect(client.auth.prompt).toEqual({
      kind: 'getPhoneNumber',
      reason: 'why',
      status: 'open',
      error: code,
    })
    expect(waiting.is).toBe('pending')
    expect(client.host.onWire).toHaveLength(0)
    const alone = openClient({ token: 't' })
    await expect(alone.auth.submitPhoneNumber(detail)).rejects.toMatchObject({ code })
  })

  it.each(USER)('of the user info button, %j, is %s', async (detail, code) => {
    const client = openClient({ token: 't' })
    const waiting = await challenge(client, '/a', 'getUserInfo scope="unionid"')
    await client.auth.submitUserInfo({ detail })
    expect(client.auth.prompt).toEqual({
      kind: 'getUserInfo',
      scope: 'unionid',
      status: 'open',
      error: code,
    })
    expect(waiting.is).toBe('pending')
    expect(client.host.onWire).toHaveLength(0)
  })

  it('is asked again on the next press, which starts without the old error', async () => {
    const client = openClient({ token: 't' })
    const waiting = await challenge(client, '/a', 'getPhoneNumber')
    const errors: unknown[] = []
    client.auth.subscribe(() => errors.push(client.auth.prompt?.error))
    for (let press = 0; press < 3; press++) {
      await client.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:fail user deny' })
      expect(client.auth.prompt?.error).toBe('prompt_denied')
    }
    expect(errors).toEqual([
      undefined,
      'prompt_denied',
      undefined,
      'prompt_denied',
      undefined,
      'prompt_denied',
    ])
    await givePhone(client)
    await answerAll(client)
    expect(waiting.value).toBe('GET /a')
  })

  it('makes each change of the prompt a new object, for views that compare', async () => {
    const client = openClient({ token: 't' })
    await challenge(client, '/a', 'getPhoneNumber')
    const seen = new Set([client.auth.prompt])
    client.auth.subscribe(() => seen.add(client.auth.prompt))
    await client.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:fail user deny' })
    expect(seen.size).toBe(3)
  })
})
