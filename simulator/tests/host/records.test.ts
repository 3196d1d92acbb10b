import { expect, it } from 'vitest'
import { createRecords } from '../../src/host/records'

const code = '0a1b2c3d4e5f6071829304a5b6c7d8e9'

it('a login code that was handed out is hidden wherever it is sent, and still known as the same', () => {
  const records = createRecords(() => undefined)
  const url = `http://127.0.0.1:3000/wx/session/${code}/enter`
  expect(records.hideCodes(url)).toBe(url)

  records.ask({ api: 'login', options: {} })({ kind: 'ok', result: { code } })

  const [login] = records.all
  const mark = login?.kind === 'wechat' ? login.code : undefined
  expect(mark).toMatch(/^<[\da-f]{8}>$/)
  expect(records.hideCodes(url)).toBe(`http://127.0.0.1:3000/wx/session/${mark}/enter`)
})
