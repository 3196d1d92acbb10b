import type { Session, Shape } from '../shape'

const ok = (data?: unknown) => ({ body: { code: 0, message: 'ok', data } })
const fail = (code: number, message: string) => ({ body: { code, message, data: null } })
const tokens = ({ accessToken, refreshToken }: Session) =>
  ok({ accessToken, refreshToken, accessExpiresIn: 7200, refreshExpiresIn: 604_800 })

/** Two tokens; see docs/backends/unibest.md for where each fact is from. */
export const shape: Shape = {
  name: 'unibest',
  paths: { list: '/order/list', refused: '/order/full', contact: '/order/contact' },
  refusal: { code: 500, message: '名额已满' },
  answer({ line, headers, body }, sessions) {
    switch (line) {
      case 'POST /auth/wxLogin':
        try {
          return tokens(sessions.begin(body.code))
        } catch {
          return fail(400, 'invalid code')
        }
      case 'POST /auth/refreshToken': {
        const renewed = sessions.refresh(body.refreshToken)
        return renewed ? tokens(renewed) : fail(401, '登录已过期，请重新登录')
      }
    }
    const session = sessions.find(headers.authorization?.replace(/^Bearer /, ''))
    if (!session) return fail(401, '未授权')
    switch (line) {
      case 'GET /auth/logout':
        sessions.end(session)
        return ok()
      case 'GET /user/info':
        return ok({ userId: 1, username: 'wang', nickname: '王小明' })
      case 'POST /user/bindPhone':
        session.phone = '15400001234'
        return ok()
      case 'GET /order/list':
        return ok({ list: [{ id: 1 }], total: 1, page: 1, pageSize: 10 })
      case 'POST /order/full':
        return fail(500, '名额已满')
      case 'POST /order/contact':
        return session.phone ? ok('booked') : fail(40301, '请先绑定手机号')
      default:
        return fail(404, '没有这个接口')
    }
  },
}
