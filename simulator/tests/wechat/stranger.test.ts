import { expect, test } from 'vitest'
import { createWechat } from '../../src/wechat'
import { appId, appSecret } from './standIn'

async function exchange(url: string, code: string) {
  const query = { appid: appId, secret: appSecret, js_code: code }
  const asked = new URLSearchParams({ ...query, grant_type: 'authorization_code' })
  const response = await fetch(`${url}/sns/jscode2session?${asked}`)
  return (await response.json()) as Record<string, unknown>
}

test('codes of WeChat DevTools are logins of the stranger, each works once', async () => {
  const wechat = createWechat({ appId, appSecret, stranger: 'devtools' })
  const url = await wechat.start()
  try {
    const { openid } = wechat.person('devtools')
    expect(await exchange(url, 'issued-elsewhere')).toMatchObject({ openid })
    expect(await exchange(url, 'issued-elsewhere')).toMatchObject({ errcode: 40163 })
    expect(await exchange(url, 'issued-later')).toMatchObject({ openid })
    const { code } = wechat.issueLoginCode('lin')
    expect((await exchange(url, code)).openid).toBe(wechat.person('lin').openid)
  } finally {
    await wechat.close()
  }
})

test('without a stranger they are refused', async () => {
  const wechat = createWechat({ appId, appSecret })
  const url = await wechat.start()
  try {
    expect(await exchange(url, 'issued-elsewhere')).toMatchObject({ errcode: 40029 })
  } finally {
    await wechat.close()
  }
})
