import { beforeAll, expect, test } from 'vitest'
import { counts, createWorld, signOut, storedSession, type World } from '../support/world'

const page = 'example/diagnostics/diagnostics'

let world: World
beforeAll(async () => {
  world = await createWorld()
})

test('a burst of 100 requests on a dead token costs one login, and all succeed', async () => {
  const phone = await world.launch('lin', { url: `${page}?burst=100` })
  await phone.waitFor('.burst-verdict')
  expect(await phone.text('.burst-facts')).toMatch(/100 \/ 100\s*登录次数\s*1\s/)
  expect(await phone.text('.burst-verdict')).toBe('符合预期：全部成功，只登录了 1 次。')
  const sent = counts(phone)
  // One login for the guest who had no token yet, one for the burst.
  expect(sent['POST /auth/login']).toBe(2)
  expect(sent['POST /auth/logout']).toBe(1)
  expect(sent['GET /auth/token-state']).toBeLessThanOrEqual(109)
  await phone.close()
})

test('a query that asks for no sensible number of requests sends none', async () => {
  const phone = await world.launch('lin', { url: `${page}?burst=1e9` })
  await phone.settle()
  expect(phone.requests).toEqual([])
  await phone.tap('#burst')
  await phone.waitFor('.burst-verdict')
  expect(await phone.text('.burst-facts')).toContain('20 / 20')
  await phone.close()
})

test('a burst signs nobody in who has signed out', async () => {
  const phone = await world.launch('lin', { url: 'example/mine/mine' })
  await signOut(phone)
  const before = counts(phone)['POST /auth/login']
  await phone.restart(`${page}?burst=100`)
  await phone.waitFor('#burst[data-disabled]')
  expect(await phone.text('.burst-facts')).toContain('您已退出登录')
  await phone.settle()
  expect(counts(phone)['POST /auth/login']).toBe(before)
  expect(await storedSession(phone)).toEqual({ signedOut: true })
  await phone.close()
})

test('the report shows the phone, how headers arrived, the session and what happened', async () => {
  await world.register('lin')
  const phone = await world.launch('lin', { url: page, headerSpelling: 'ios' })
  await phone.waitFor('.headers-facts .fact')
  expect(await phone.text('.headers-facts')).toContain('Www-Authenticate (字符串)')
  await phone.tap('#burst')
  await phone.waitFor('.burst-verdict')
  const token = (await storedSession(phone)).state?.accessToken
  if (!token) throw new Error('nobody is signed in')

  let copied = ''
  phone.answer('setClipboardData', ({ data }) => {
    copied = String(data)
    return {}
  })
  await phone.tap('#copy-report')
  await phone.waitFor('.copy-outcome')
  expect(await phone.text('.copy-outcome')).toBe('报告已复制，请粘贴到测试记录中。')
  expect(await phone.text('.session-facts')).toContain('剩余时间')
  expect(copied).toMatch(/Base library: \d/)
  expect(copied).toContain('WWW-Authenticate: Www-Authenticate (string)')
  expect(copied).toContain('Status (should be 401): 401')
  expect(copied).toContain('Phone number known: Yes')
  expect(copied).toContain('As it should be: all succeeded, with 1 login.')
  expect(copied).toMatch(/\d+\.\d{3}: logged in \[token 1\]/)
  expect(copied).toMatch(/GET \/auth\/token-state \[token 2 · again after 401\] → 200/)
  expect(copied).not.toContain(token)
  await phone.close()
})

test('a phone whose battery level makes getSystemInfoSync throw is reported all the same', async () => {
  // Below 2.23.4 only getSystemInfoSync tells of the font size.
  const options = { url: page, sdkVersion: '2.21.0', hasBatteryFault: true }
  const phone = await world.launch('lin', options)
  await phone.waitFor('.phone-facts .fact')
  expect(await phone.text('.phone-facts')).toMatch(/iPhone 13 mini[^]*未告知的信息\s*无/)
  await phone.restart('example/home/home')
  await phone.waitFor('.service')
  await phone.close()
})

test('who does not agree to the privacy terms gets the report as text to be selected', async () => {
  const phone = await world.launch('lin', { url: page, headerValues: 'array' })
  await phone.waitFor('.headers-facts .fact')
  expect(await phone.text('.headers-facts')).toMatch(/WWW-Authenticate \(数组\)/i)
  phone.answer('requirePrivacyAuthorize', 'ask')
  await phone.tap('#copy-report')
  await phone.waitFor('.auth-sheet')
  await phone.tap('.auth-sheet__cancel')
  await phone.waitFor('.report')
  expect(await phone.text('.copy-outcome')).toContain('您没有同意隐私保护指引')
  expect(await phone.text('.report')).toContain('watchword diagnostics report')
  await phone.close()
})
