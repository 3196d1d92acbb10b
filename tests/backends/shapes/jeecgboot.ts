import type { Shape } from '../shape'

const answer = (success: boolean, code: number, message: string, result: unknown = null) => ({
  body: { success, code, message, result, timestamp: 1_700_000_000_000 },
})
const ok = (result?: unknown) => answer(true, 200, '', result)
const fail = (code: number, message: string) => answer(false, code, message)

/** A raw token, a real 401; see docs/backends/jeecgboot.md for where each fact is from. */
export const shape: Shape = {
  name: 'jeecgboot',
  paths: { list: '/order/list', refused: '/order/full', contact: '/order/contact' },
  refusal: { code: 500, message: '名额已满' },
  token: (number) => `eyJhbGciOiJIUzI1NiJ9.eyJ1c2VybmFtZSI6${number}.c2lnbmF0dXJl`,
  answer({ line, headers, body }, sessions) {
    if (line === 'POST /sys/wxMiniLogin') {
      try {
        return ok({ token: sessions.begin(body.code).accessToken })
      } catch {
        return fail(500, 'invalid code')
      }
    }
    const session = sessions.find(headers['x-access-token'] as string | undefined)
    if (line === 'POST /sys/logout') {
      if (!session) return fail(500, 'Token无效!')
      sessions.end(session)
      return ok('退出登录成功！')
    }
    if (!session) return { status: 401, ...fail(401, 'Token失效，请重新登录!') }
    switch (line) {
      case 'GET /sys/user/getUserInfo':
        return ok({ userInfo: {}, sysAllDictItems: {} })
      case 'POST /sys/user/wxPhone':
        session.phone = '15400001234'
        return ok()
      case 'GET /order/list':
        return ok({ records: [{ id: 1 }], total: 1, size: 10, current: 1 })
      case 'POST /order/full':
        return fail(500, '名额已满')
      case 'POST /order/contact':
        return session.phone ? ok('booked') : fail(40301, '请先绑定手机号')
      default:
        return fail(404, '路径不存在，请检查路径是否正确')
    }
  },
}
