// What the workbench and the host say to each other, beside the page's own line (`wire.ts`).
import { z } from 'zod'
import type { AppName } from './pack/packedApp'
import { pushEvent } from './wechat/pushEvent'
import type { ReceivedSms } from './wechat/smsInbox'
import type { WxaCode } from './wechat/wxaCode'

/** What WeChat and the backend know of a person before the mini-program starts. */
export const personKinds = [
  /** Nobody has seen them; WeChat returns their unionid with the login code. */
  'new',
  /** Has signed in before: the backend knows the unionid, not the phone number. */
  'known',
  /** Has signed in before and given the phone number. */
  'phoneBound',
  /** Nobody has seen them; only getUserInfo shows their unionid. */
  'withoutUnionid',
  /** As `phoneBound`, and signed in on another phone just now. */
  'signedInElsewhere',
] as const

/** See `personKinds`. */
export type PersonKind = (typeof personKinds)[number]

/** What WeChat asks a person; `permission` is location, camera, album and the like. */
export const questions = ['phoneNumber', 'userInfo', 'avatar', 'privacy', 'permission'] as const

/** See `questions`. */
export type Question = (typeof questions)[number]

const personAnswer = z.enum(['ask', 'allow', 'refuse'])

/** How a person answers: asked each time, or always the same. */
export type PersonAnswer = z.infer<typeof personAnswer>

const answers = z.record(z.enum(questions), personAnswer)

/** The network between phone and backend. */
export const networkConditions = z.strictObject({
  /** ms added to each request, plus or minus up to `jitter` ms. */
  latency: z.int().min(0).max(60_000),
  jitter: z.int().min(0).max(60_000),
  offline: z.boolean(),
  /** So many of the next requests fail as if the connection broke. */
  failNext: z.int().min(0).max(1_000),
})

/** See `networkConditions`. */
export type NetworkConditions = z.infer<typeof networkConditions>

/** A network nobody has to wait for. */
export const calmNetwork: NetworkConditions = { latency: 0, jitter: 0, offline: false, failNext: 0 }

/** Which phone, with which WeChat on it. */
export const phoneSettings = z.strictObject({
  platform: z.enum(['ios', 'android', 'devtools', 'ohos', 'ohos_pc', 'windows', 'mac']),
  /** Base library, such as `3.8.0`. */
  sdkVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
  theme: z.enum(['light', 'dark']),
  language: z.enum(['zh_CN', 'en']),
  /** WeChat's font size; earlier settings know nothing of it. */
  fontScale: z.number().min(0.8).max(1.4).default(1),
})

/** See `phoneSettings`. */
export type PhoneSettings = z.infer<typeof phoneSettings>

/** The body of `POST /phone`: starts a mini-program; answered 201 with a `Started`. */
export const visit = z.strictObject({
  /** Any name that the stand-in takes; a new one is a new person. */
  person: z.string().min(1).max(64),
  kind: z.enum(personKinds),
  phone: phoneSettings,
  answers,
  network: networkConditions,
  /** The backend answers 401 to everything but `/auth/…`. */
  alwaysUnauthorised: z.boolean(),
  /** Page and query to start with; the app's first page where absent. */
  url: z.string().exactOptional(),
  /** The app is opened by this code. */
  code: z.strictObject({ page: z.string(), scene: z.string() }).exactOptional(),
  /** See `Boot`. */
  isCleared: z.boolean().exactOptional(),
  /** Id of the mini-program that the same tab ran before; it ends. */
  before: z.string().exactOptional(),
})

/** See `visit`. */
export type Visit = z.infer<typeof visit>

/** The answer to a visit. The phone is at `/phone/<id>`. */
export interface Started {
  id: string
  /** Page and query that send a burst of requests on a dead token; null where the app has none. */
  burstUrl: string | null
  /** What WeChat's dialogues call the app, and the file that says so; null where none does. */
  appName: AppName | null
  /** Whether the backend's address is known, without which nobody can be known to it. */
  hasBackend: boolean
  /** Whether the app is also a page in a browser, at `/h5`. */
  hasH5: boolean
}

/** What the stand-in for WeChat's servers holds for phones, the newest last: `GET /inbox`. */
export interface Inbox {
  textMessages: ReceivedSms[]
  wxaCodes: WxaCode[]
}

/** The answer, with status 422, to a visit where there is nothing to start. */
export interface NotStarted {
  /** One line that names the file at fault, or the reason. */
  error: string
}

/**
 * The body of `POST /phone/<id>/control`, answered 204; 409 with `{ error }` where it cannot
 * be done now, such as killing a token that nobody has seen yet.
 */
export const control = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('answers'), answers }),
  z.strictObject({ type: z.literal('network'), network: networkConditions }),
  z.strictObject({ type: z.literal('unauthorised'), always: z.boolean() }),
  /** Ends the client's token at the backend; the client does not know. */
  z.strictObject({ type: z.literal('killToken') }),
  /** The same after so many ms; token states that pass until then say when. */
  z.strictObject({ type: z.literal('expireToken'), after: z.int().min(0).max(3_600_000) }),
  /** WeChat lets the person's session key end. */
  z.strictObject({ type: z.literal('rotateSessionKey') }),
  /** WeChat reports to the backend what the person has done, by its message push. */
  z.strictObject({ type: z.literal('push'), push: pushEvent }),
  /** WeChat asks again for what was allowed or refused before. */
  z.strictObject({ type: z.literal('forgetPermissions') }),
])

/** See `control`. */
export type Control = z.infer<typeof control>
