import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectStandIn } from '../../src/host/standIn'
import { createWechat, type Wechat } from '../../src'
import { appId, appSecret } from '../wechat/standIn'

let wechat: Wechat
let address: string
beforeAll(async () => {
  wechat = createWechat({ appId, appSecret })
  address = await wechat.start()
})
afterAll(() => wechat.close())

it('issues codes for names of up to 64 characters, and says what is wrong with a longer one', async () => {
  const standIn = connectStandIn(address)
  const { code } = await standIn.loginCode('林'.repeat(64))
  expect(code).not.toBe('')
  const refused = standIn.loginCode('林'.repeat(65))
  await expect(refused).rejects.toThrow(/400 to login-code: person: .*64/)
})
