import type { Shape } from '../shape'

const ok = (data?: unknown) => ({ body: { code: 200, msg: '操作成功', data } })
const fail = (code: number, msg: string) => ({ body: { code, msg, data: null } })

/** HTTP 200 for all; see docs/backends/ruoyi-vue-plus.md for where each fact is from. */
export const shape: Shape = {
  name: 'ruoyi-vue-plus',
  paths: { list: '/app/order/list', refused: '/app/order/full', contact: '/app/order/contact' },
  refusal: { code: 500, message: '名额已满' },
  answer({ line, headers, body }, sessions) {
    if (line === 'POST /auth/login') {
      if (body.grantType !== 'xcx' || body.clientId !== headers.clientid)
        return fail(500, '认证权限类型错误')
      try {
        const { accessToken } = sessions.begin(body.xcxCode)
        return ok({ access_token: accessToken, expire_in: 604_800, openid: 'not-for-the-client' })
      } catch {
        return fail(500, 'invalid code')
      }
    }
    const token = headers.authorization?.replace(/^Bearer /, '')
    const session = headers.clientid ? sessions.find(token) : undefined
    if (!session) return fail(401, '认证失败，无法访问系统资源')
    switch (line) {
      case 'POST /auth/logout':
        sessions.end(session)
        return ok()
      case 'GET /system/user/getInfo':
        return ok({ user: {} })
      case 'POST /app/user/phone':
        session.phone = '15400001234'
        return ok()
      case 'GET /app/order/list':
        return { body: { code: 200, msg: '查询成功', total: 1, rows: [{ id: 1 }] } }
      case 'POST /app/order/full':
        return fail(500, '名额已满')
      case 'POST /app/order/contact':
        return session.phone ? ok('booked') : fail(40301, '请先绑定手机号')
      default:
        return fail(404, '没有这个接口')
    }
  },
}
