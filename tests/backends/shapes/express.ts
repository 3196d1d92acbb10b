import type { Sent, Shape } from '../shape'

const fail = (status: number, code: number, message: string): Sent => ({
  ...{ status, body: { code, message } },
})

/** Real statuses beside a code, and a token without a scheme; see docs/backends/express.md. */
export const shape: Shape = {
  name: 'express',
  paths: { list: '/orders', refused: '/orders/full', contact: '/orders/contact' },
  refusal: { code: 40901, message: '名额已满' },
  token: (number) => `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOjF9.signature-${number}`,
  answer({ line, headers, body }, sessions) {
    if (line === 'POST /auth/login') {
      try {
        return { body: { token: sessions.begin(body.code).accessToken } }
      } catch {
        return fail(401, 40102, 'The code is invalid.')
      }
    }
    const session = sessions.find(headers.authorization)
    if (!session) return fail(401, 40101, 'jwt expired')
    switch (line) {
      case 'POST /auth/logout':
        sessions.end(session)
        return { status: 204 }
      case 'GET /me':
        return { body: { id: 1 } }
      case 'POST /me/phone':
        session.phone = '15400001234'
        return { status: 204 }
      case 'GET /orders':
        return { body: [{ id: 1 }] }
      case 'POST /orders/full':
        return fail(409, 40901, '名额已满')
      case 'POST /orders/contact':
        if (!session.phone) return fail(403, 40301, '请先绑定手机号')
        return { status: 201, body: JSON.stringify('booked') }
      default: {
        const page = `<!DOCTYPE html><pre>Cannot ${line}</pre>`
        return { status: 404, headers: { 'content-type': 'text/html' }, body: page }
      }
    }
  },
}
