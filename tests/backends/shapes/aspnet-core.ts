import type { Sent, Session, Shape } from '../shape'

const titles: Record<number, [section: string, title: string]> = {
  401: ['15.5.2', 'Unauthorized'],
  403: ['15.5.4', 'Forbidden'],
  409: ['15.5.10', 'Conflict'],
}

function problem(status: number, detail: string, extensions = {}): Sent {
  const [section, title] = titles[status]!
  const type = `https://tools.ietf.org/html/rfc9110#section-${section}`
  const headers = { 'content-type': 'application/problem+json' }
  return { status, headers, body: { type, title, status, detail, ...extensions } }
}

const challenge = (words = ''): Sent => ({
  ...{ status: 401, headers: { 'www-authenticate': `Bearer${words}` } },
})

const issue = ({ accessToken, refreshToken }: Session): Sent => ({
  body: { tokenType: 'Bearer', accessToken, expiresIn: 3600, refreshToken },
})

/** Identity's endpoints, and the 401 of JWTs; see docs/backends/aspnet-core.md for the sources. */
export const shape: Shape = {
  name: 'aspnet-core',
  paths: { list: '/orders', refused: '/orders/full', contact: '/orders/contact' },
  refusal: { code: 409, message: '名额已满' },
  answer({ line, headers, body }, sessions) {
    if (line === 'POST /login/wechat') {
      try {
        return issue(sessions.begin(body.code))
      } catch {
        return problem(401, 'Failed')
      }
    }
    if (line === 'POST /refresh') {
      // The product leaves the old refresh token alive, on which nothing here may rely.
      const session = sessions.refresh(body.refreshToken)
      return session ? issue(session) : challenge()
    }
    // Routing comes before authorization.
    const routes = ['GET /me', 'POST /me/phone', 'GET /orders']
    if (![...routes, 'POST /orders/full', 'POST /orders/contact'].includes(line))
      return { status: 404 }
    const [, token] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? []
    if (token === undefined) return challenge()
    const session = sessions.find(token)
    if (!session)
      return challenge(' error="invalid_token", error_description="The signature is invalid"')
    switch (line) {
      case 'POST /me/phone':
        session.phone = '15400001234'
        return { status: 204 }
      case 'GET /orders':
        return { body: [{ id: 1 }] }
      case 'POST /orders/full':
        return problem(409, '名额已满')
      case 'POST /orders/contact':
        if (session.phone) return { status: 201, body: JSON.stringify('booked') }
        return problem(403, '请先绑定手机号', { code: 'phone_required' })
      default:
        return { body: { id: 1 } }
    }
  },
}
