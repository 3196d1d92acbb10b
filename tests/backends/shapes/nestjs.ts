import type { Sent, Shape } from '../shape'

/** As an exception with words of its own. */
const fail = (statusCode: number, error: string, message: string | string[] = error): Sent => ({
  status: statusCode,
  body: { message, ...(message !== error && { error }), statusCode },
})

/** Real statuses and no logout; see docs/backends/nestjs.md for the sources. */
export const shape: Shape = {
  name: 'nestjs',
  paths: { list: '/orders', refused: '/orders/full', contact: '/orders/contact' },
  refusal: { code: 409, message: '名额已满' },
  token: (number) => `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOjF9.signature-${number}`,
  answer({ line, headers, body }, sessions) {
    if (line === 'POST /auth/wechat') {
      if (typeof body.code !== 'string')
        return fail(400, 'Bad Request', ['code must be a string', 'code should not be empty'])
      try {
        return { status: 201, body: { access_token: sessions.begin(body.code).accessToken } }
      } catch {
        return fail(401, 'Unauthorized')
      }
    }
    // Routing comes before the guards.
    const routes = ['GET /auth/profile', 'POST /auth/phone', 'GET /orders']
    if (![...routes, 'POST /orders/full', 'POST /orders/contact'].includes(line))
      return fail(404, 'Not Found', `Cannot ${line}`)
    const [, token] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? []
    const session = sessions.find(token)
    if (!session) return fail(401, 'Unauthorized')
    switch (line) {
      case 'POST /auth/phone':
        session.phone = '15400001234'
        return { status: 201 }
      case 'GET /orders':
        return { body: [{ id: 1 }] }
      case 'POST /orders/full':
        return fail(409, 'Conflict', '名额已满')
      case 'POST /orders/contact':
        if (session.phone) return { status: 201, body: 'booked' }
        return { status: 403, body: { code: 40301, message: '请先绑定手机号' } }
      default:
        return { body: { sub: 1 } }
    }
  },
}
