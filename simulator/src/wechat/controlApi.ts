import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import { ownPagesOnly } from '../localAccess'
import type { Bindings } from './api'
import type { CallLog } from './callLog'
import { faultBody, type Faults } from './faults'
import { scopesOf, type OAuth } from './oauth'
import type { People } from './people'
import type { Phone } from './phone'
import { pushAddress, PushError, type Push } from './push'
import { pushEvent } from './pushEvent'
import type { WebUser } from './consentPages'
import type { WxaCodes } from './wxaCodes'
import { smsMessage, type SmsInbox } from './smsInbox'

const personBody = z.strictObject({
  person: z.string().min(1).max(64),
  unionid: z.union([z.boolean(), z.literal('encrypted')]).optional(),
})
const pushBody = personBody.extend(pushEvent.shape)
const webUserBody = personBody.extend({ isSnapshot: z.boolean().default(false) })
const oauthCodeBody = webUserBody.extend({
  appId: z.string(),
  scope: z.enum(Object.values(scopesOf).flat()),
})
const userInfoBody = personBody.extend({ profile: z.enum(['anonymous', 'own']).optional() })

/** What the control API acts on. */
export interface ControlParts {
  phone: Phone
  people: People
  push: Push
  faults: Faults
  calls: CallLog
  oauth: OAuth
  wxaCodes: WxaCodes
  setWebUser(user: WebUser): void
  inbox: SmsInbox
}

/**
 * What tests and the workbench ask for in place of a person's phone: each `POST` takes
 * `{ person, unionid? }`, invents whom it does not know, and answers what the member of Phone returns
 * that it calls. `POST /push` takes a person and a PushEvent, `POST /push-address` a PushAddress. `POST /faults` sets a Fault, `DELETE /faults` clears all. `GET /calls` streams each
 * ServerCall at its end as a server-sent event. A backend hands in text messages by `POST /sms`;
 * `GET /sms?phone=` lists them. `POST /web-user` takes whose WeChat shows web pages from now on,
 * `{ person, isSnapshot? }`; `POST /oauth-code` answers the `{ code }` of what somebody allows an app,
 * `{ person, appId, scope, isSnapshot? }`; `GET /wxa-codes` lists each WxaCode. Errors are `{ error }`:
 * 400 for a bad body, 403 from another machine or for a page of another origin, 415 for a body that
 * is not called JSON, 502 where the backend does not take a push.
 */
export function createControlApi(parts: ControlParts): Hono<{ Bindings: Bindings }> {
  const { phone, people, push, faults, calls, inbox, oauth, wxaCodes, setWebUser } = parts
  const control = new Hono<{ Bindings: Bindings }>()

  control.use(async ({ env }, next) => {
    const address = env?.incoming?.socket.remoteAddress
    if (address !== undefined && !isLoopback(address)) {
      throw new HTTPException(403, { message: 'only this machine may control the stand-in' })
    }
    await next()
  })
  control.use(ownPagesOnly)

  function ask<Body extends { person: string }>(
    path: string,
    shape: z.ZodType<Body>,
    call: (person: string, body: Body) => object | void,
  ) {
    control.post(path, async (c) => {
      const body = await readBody(c, shape)
      return c.json(call(body.person, body) ?? {})
    })
  }

  ask('/person', personBody, phone.person)
  ask('/login-code', personBody, phone.issueLoginCode)
  ask('/phone-code', personBody, phone.issuePhoneCode)
  ask('/user-info', userInfoBody, phone.userInfo)
  ask('/phone-data', personBody, phone.phoneData)
  ask('/rotate-session-key', personBody, phone.rotateSessionKey)
  ask('/check-session', personBody, phone.checkSession)
  ask('/web-user', webUserBody, (name, { unionid, isSnapshot }) =>
    setWebUser({ person: people.find(name, unionid), isSnapshot }),
  )
  ask('/oauth-code', oauthCodeBody, (name, { unionid, appId, ...grant }) => {
    const app = oauth.findApp(appId)
    if (!app) throw new HTTPException(400, { message: `no app for OAuth has the id ${appId}` })
    return oauth.allow({ ...grant, app, person: people.find(name, unionid) })
  })
  control.get('/wxa-codes', (c) => c.json(wxaCodes.all()))
  control.post('/push', async (c) => {
    const { person, unionid, ...event } = await readBody(c, pushBody)
    return c.json(await push.push(people.find(person, unionid), event))
  })
  control.post('/push-address', async (c) => {
    await push.setAddress(await readBody(c, pushAddress))
    return c.json({})
  })
  control.post('/sms', async (c) => {
    inbox.receive(await readBody(c, smsMessage))
    return c.json({})
  })
  control.get('/sms', (c) => c.json(inbox.of(c.req.query('phone'))))
  control.post('/faults', async (c) => {
    faults.set(await readBody(c, faultBody))
    return c.json({})
  })
  control.delete('/faults', (c) => {
    faults.clear()
    return c.json({})
  })

  control.get('/calls', (c) =>
    streamSSE(c, async (stream) => {
      const stop = calls.listen((call) => void stream.writeSSE({ data: JSON.stringify(call) }))
      // What was sent so far is nothing: this shows the listener that it listens.
      await stream.write(': listening\n\n')
      await new Promise<void>((resolve) => stream.onAbort(resolve))
      stop()
    }),
  )

  control.onError((error, c) => {
    if (error instanceof PushError) return c.json({ error: error.message }, 502)
    if (error instanceof HTTPException) return c.json({ error: error.message }, error.status)
    throw error
  })
  return control
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}

async function readBody<Body>({ req }: Context, shape: z.ZodType<Body>): Promise<Body> {
  const sent: unknown = await req.json().catch(() => {
    throw new HTTPException(400, { message: 'the body is not JSON' })
  })
  const result = shape.safeParse(sent)
  if (result.success) return result.data
  const faults = result.error.issues.map(({ path, message }) => [...path, message].join(': '))
  throw new HTTPException(400, { message: faults.join('; ') })
}
