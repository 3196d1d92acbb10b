import type { Session, Shape } from '../shape'

const ok = (data: unknown = true) => ({ body: { code: 0, msg: '', data } })
const fail = (code: number, msg: string) => ({ body: { code, msg, data: null } })
const tokens = ({ accessToken, refreshToken }: Session) => {
  const expiresTime = Date.now() + 1_800_000
  return ok({ userId: 1024, accessToken, refreshToken, expiresTime, openid: 'not-for-the-client' })
}

/** No login without the phone number; see docs/backends/yudao.md for where each fact is from. */
export const shape: Shape = {
  name: 'yudao',
  paths: {
    list: '/app-api/order/page',
    refused: '/app-api/order/full',
    contact: '/app-api/order/create',
  },
  refusal: { code: 1_011_000_001, message: '名额已满' },
  answer({ line, headers, query, body }, sessions) {
    if (headers['tenant-id'] !== '1') return fail(400, '请求的租户标识未传递，请进行排查')
    const session = sessions.find(headers.authorization?.replace(/^Bearer /, ''))
    switch (line) {
      case 'POST /app-api/member/auth/weixin-mini-app-login':
        if (body.phoneCode !== 'phone-code') return fail(400, '请求参数不正确:手机 code 不能为空')
        if (!body.state) return fail(400, '请求参数不正确:state 不能为空')
        try {
          const begun = sessions.begin(body.loginCode)
          begun.phone = '15400001234'
          return tokens(begun)
        } catch {
          return fail(500, '系统异常')
        }
      case 'POST /app-api/member/auth/refresh-token': {
        const renewed = sessions.refresh(query.get('refreshToken'))
        return renewed ? tokens(renewed) : fail(400, '无效的刷新令牌')
      }
      case 'POST /app-api/member/auth/logout':
        if (session) sessions.end(session)
        return ok()
    }
    if (!session) return fail(401, '账号未登录')
    switch (line) {
      case 'GET /app-api/member/user/get':
        return ok({ id: 1024, nickname: '王小明' })
      case 'GET /app-api/order/page':
        return ok({ list: [{ id: 1 }], total: 1 })
      case 'POST /app-api/order/full':
        return fail(1_011_000_001, '名额已满')
      case 'POST /app-api/order/create':
        return ok('booked')
      default:
        return fail(404, '请求未找到')
    }
  },
}
