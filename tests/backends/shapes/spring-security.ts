import type { Sent, Session, Shape } from '../shape'

const problem = (status: number, type: string, detail: string): Sent => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: { type: `https://api.example.com/problems/${type}`, title: 'Problem', status, detail },
})
const bearer = (status: number, params = ''): Sent => ({
  status,
  headers: { 'www-authenticate': `Bearer${params}` },
})

/** The tokens that were signed with the authority: it is fixed then. */
const withPhoneNumber = new Set<string>()

function sign(session: Session): Sent {
  const { accessToken, refreshToken } = session
  if (session.phone) withPhoneNumber.add(accessToken)
  const tokens = { access_token: accessToken, refresh_token: refreshToken, expires_in: 299 }
  return { body: { ...tokens, token_type: 'Bearer' } }
}

/** Real statuses; see docs/backends/spring-security.md for where each fact is from. */
export const shape: Shape = {
  name: 'spring-security',
  paths: { list: '/orders', refused: '/orders/full', contact: '/orders/contact' },
  refusal: { code: 'https://api.example.com/problems/sold-out', message: '名额已满' },
  token: (number) => `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOi${number}.c2lnbmF0dXJl`,
  answer({ line, headers, body }, sessions) {
    if (line === 'POST /auth/wechat') {
      try {
        return sign(sessions.begin(body.code))
      } catch {
        return problem(400, 'invalid-code', 'invalid code')
      }
    }
    if (line === 'POST /auth/refresh') {
      const renewed = sessions.refresh(body.refresh_token)
      return renewed ? sign(renewed) : problem(400, 'invalid-grant', 'the refresh token is dead')
    }
    const token = headers.authorization?.replace(/^Bearer /, '')
    if (token === undefined) return bearer(401)
    const session = sessions.find(token)
    if (!session) return bearer(401, ' error="invalid_token", error_description="Jwt expired"')
    switch (line) {
      case 'POST /auth/logout':
        sessions.end(session)
        return { status: 204 }
      case 'GET /auth/me':
        return { body: { sub: '1024' } }
      case 'POST /auth/phone-number':
        session.phone = '15400001234'
        return sign(sessions.refresh(session.refreshToken)!)
      case 'GET /orders':
        return { body: [{ id: 1 }] }
      case 'POST /orders/full':
        return problem(409, 'sold-out', '名额已满')
      case 'POST /orders/contact':
        return withPhoneNumber.has(token)
          ? { body: '"booked"' }
          : problem(403, 'phone-number-missing', '请先绑定手机号')
      default:
        return bearer(403, ' error="insufficient_scope"')
    }
  },
}
