import type { Sent, Shape } from '../shape'

const fail = (status: number, message: string, more = {}): Sent => ({
  ...{ status, body: { message, ...more } },
})
const invalid = (field: string, message: string) =>
  fail(422, message, { errors: { [field]: [message] } })

/** Real statuses, for calls that accept JSON; see docs/backends/laravel-sanctum.md for the sources. */
export const shape: Shape = {
  name: 'laravel-sanctum',
  paths: { list: '/orders', refused: '/orders/full', contact: '/orders/contact' },
  refusal: { code: 422, message: '名额已满' },
  token: (number) => `${number}|${'aB3dE5gH7j'.repeat(4)}0f1e2d3c`,
  answer({ line, headers, body }, sessions) {
    const isExpected = headers.accept?.includes('/json')
    if (line === 'POST /login') {
      try {
        const { accessToken } = sessions.begin(body.code)
        return { body: { token: accessToken } }
      } catch {
        return invalid('code', 'The code is invalid.')
      }
    }
    const [, token] = /^Bearer (\d+\|.+)$/.exec(headers.authorization ?? '') ?? []
    const session = sessions.find(token)
    if (!session) {
      if (isExpected) return fail(401, 'Unauthenticated.')
      const html = { 'content-type': 'text/html' }
      // Hosts follow the redirect, and the page has 200.
      return { headers: html, body: '<!DOCTYPE html><title>Log in</title>' }
    }
    switch (line) {
      case 'POST /logout':
        sessions.end(session)
        return { status: 204 }
      case 'GET /user':
        return { body: { id: 1, name: 'Lin' } }
      case 'POST /user/phone':
        session.phone = '15400001234'
        return { status: 204 }
      case 'GET /orders':
        return { body: { data: [{ id: 1 }], links: {}, meta: { total: 1 } } }
      case 'POST /orders/full':
        return invalid('date', '名额已满')
      case 'POST /orders/contact':
        if (!session.phone) return fail(403, '请先绑定手机号', { code: 'phone_required' })
        return { status: 201, body: { data: 'booked' } }
      default:
        return fail(404, 'The route could not be found.')
    }
  },
}
