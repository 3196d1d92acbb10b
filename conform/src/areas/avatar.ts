import { demandLoginChallenge, demandRefusal, demandTokenState } from '../answers'
import type { Area } from '../check'
import { jsonOf, memberOf } from '../exchange'
import { anySession, customer } from '../sampleUsers'
import { demand, Skipped, succeeded } from '../verdicts'

/** A whole picture of one pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

function formWith(bytes: Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData()
  form.append('file', new Blob([bytes], { type: 'image/png' }), 'avatar.png')
  return form
}

const addressIn = (data: unknown) => memberOf(memberOf(data, 'data'), 'avatarUrl')

export const avatar: Area = {
  title: 'Pictures',
  checks: {
    upload: {
      title: 'a picture is taken, and answered with its address and the token state',
      section: 'endpoints',
      async probe(context) {
        const { token } = await anySession(context)
        const sending = { token, body: formWith(png) }
        const exchange = await context.send('POST', '/auth/avatar', sending)
        demandTokenState(exchange, 'an upload')
        const isAddress = typeof addressIn(jsonOf(exchange)) === 'string'
        demand(isAddress, '{ data: { avatarUrl }, tokenState }', exchange)
      },
    },
    use: {
      title: 'the address of an upload is taken by POST /auth/user-info',
      section: 'endpoints',
      async probe(context) {
        const { token } = (await customer(context)).second
        const sending = { token, body: formWith(png) }
        const uploaded = await context.send('POST', '/auth/avatar', sending)
        const avatarUrl = addressIn(jsonOf(succeeded(uploaded)))
        if (typeof avatarUrl !== 'string') throw new Skipped('the upload returned no address')
        const used = await context.send('POST', '/auth/user-info', { token, json: { avatarUrl } })
        demandTokenState(used, 'the address of an upload')
      },
    },
    'foreign-address': {
      title: 'an address that was not issued to this person is refused with 422',
      section: 'endpoints',
      async probe(context) {
        const { send } = context
        const { token } = await anySession(context)
        const json = { avatarUrl: 'https://elsewhere.example/avatar.png' }
        const exchange = await send('POST', '/auth/user-info', { token, json })
        demandRefusal(exchange, 'an avatarUrl of another site', [422])
      },
    },
    guest: {
      title: 'a guest’s upload gets 401',
      section: '401',
      async probe({ send }) {
        const exchange = await send('POST', '/auth/avatar', { body: formWith(png) })
        demandLoginChallenge(exchange, 'an upload without credentials')
      },
    },
    'no-picture': {
      title: 'a file that is no picture is refused with 415',
      section: 'endpoints',
      async probe(context) {
        const { send } = context
        const { token } = await anySession(context)
        const body = formWith(new TextEncoder().encode('<script>alert(1)</script>'))
        const exchange = await send('POST', '/auth/avatar', { token, body })
        demandRefusal(exchange, 'HTML that claims to be image/png', [415])
      },
    },
    'too-large': {
      title: 'a file that is too large is refused with 413',
      section: 'endpoints',
      async probe(context) {
        const { send } = context
        const { token } = await anySession(context)
        const bytes = new Uint8Array(context.tooLarge)
        bytes.set(png)
        const exchange = await send('POST', '/auth/avatar', { token, body: formWith(bytes) })
        demandRefusal(exchange, 'a large file', [413])
      },
    },
  },
}
