import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startStack, type Stack } from '../../scripts/stack'

const dataDir = mkdtempSync(join(tmpdir(), 'watchword-push-'))
let stack: Stack
beforeAll(async () => {
  stack = await startStack({ port: 0, wechatPort: 0, dataDir, logLevel: 'silent' })
})
afterAll(async () => {
  await stack.close()
  rmSync(dataDir, { recursive: true })
})

async function post(url: string, body: object, token?: string) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as { tokenState: { accessToken: string; hasPhoneNumber: boolean } }
}

it('what WeChat pushes reaches the backend, encrypted, and its person is without it', async () => {
  const { backend, wechat, wechatUrl } = stack
  const login = await post(`${backend.url}/auth/login`, wechat.issueLoginCode('lin'))
  const { accessToken } = login.tokenState
  const phone = wechat.issuePhoneCode('lin')
  const given = await post(`${backend.url}/auth/phone-number`, phone, accessToken)
  expect(given.tokenState.hasPhoneNumber).toBe(true)

  const push = { person: 'lin', event: 'user_authorization_revoke', revokeInfo: 8 }
  expect(await post(`${wechatUrl}/_control/push`, push)).toEqual({ attempts: 1 })

  const headers = { Authorization: `Bearer ${accessToken}` }
  const answer = await fetch(`${backend.url}/auth/token-state`, { headers })
  expect(await answer.json()).toMatchObject({ tokenState: { hasPhoneNumber: false, version: 3 } })
})
