import type { z } from 'zod'
import type { SignInMethod } from '../http/answer'
import type { ProblemKind } from '../http/problem'
import type { PromptScheme } from '../http/requires'
import { loginBody } from '../routes/auth'
import { bookingBody } from '../routes/bookings'
import { passwordBody, textCodeBody } from '../routes/numbers'
import { phoneBody } from '../routes/phoneNumber'
import { userInfoMembers } from '../routes/userInfo'
import { wayBody } from '../routes/ways'
import {
  booked,
  coupon,
  createdScan,
  listedSession,
  offered,
  ownNumber,
  ownWays,
  person,
  scannedBy,
  scanState,
  sentCode,
  uploaded,
} from './answers'

/** A route as the OpenAPI document describes it. */
export interface Operation {
  /** As Hono routes it: `GET /avatars/:name`. */
  route: `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`
  id: string
  summary: string
  tag: Tag
  /** What it asks of its user; `nobody` looks at no credentials at all. */
  needs: 'nobody' | 'guest' | 'session' | PromptScheme
  /** The way to sign in without which it is not served. */
  method?: SignInMethod
  /** Beside those of the path. */
  parameters?: Parameter[]
  body?: z.ZodType | 'picture'
  answer: Answer
  /** What can go wrong here, beside what can go wrong everywhere. */
  problems?: ProblemKind[]
}

/** A parameter of a request; any text if it has no schema. */
interface Parameter {
  name: string
  in: 'header' | 'query'
  required?: true
  schema?: z.ZodType
}

/** How it succeeds: with the envelope and the data in it, with nothing, or with another body. */
export type Answer =
  | { is: 'envelope'; status?: 200 | 201 | 202; data?: z.ZodType }
  | { is: 'empty' }
  | { is: 'picture' }
  | { is: 'health' }
  | { is: 'document' }

/** The groups of the document. */
export const tags = {
  session: 'Sign-in: the endpoints of the wire contract',
  business: 'The example’s business: booking a home move',
  health: 'How the process is, for what runs it',
  document: 'This document',
} as const

type Tag = keyof typeof tags

const jsonProblems = ['malformed-body', 'unsupported-media-type', 'invalid-body'] as const
const openingProblems = ['session-key-expired', 'foreign-watermark'] as const

/** Every route the backend serves. A test compares the table with the routes. */
export const operations: Operation[] = [
  {
    route: 'GET /openapi.json',
    id: 'getDocument',
    summary: 'This document',
    tag: 'document',
    needs: 'nobody',
    answer: { is: 'document' },
  },
  {
    route: 'GET /health/live',
    id: 'isLive',
    summary: 'Whether the process answers',
    tag: 'health',
    needs: 'nobody',
    answer: { is: 'health' },
  },
  {
    route: 'GET /health/ready',
    id: 'isReady',
    summary: 'Whether the database answers, too',
    tag: 'health',
    needs: 'nobody',
    answer: { is: 'health' },
    problems: ['database-unavailable'],
  },
  {
    route: 'POST /auth/login',
    id: 'logIn',
    summary: 'Logs in: with a code of WeChat, a phone number, or a scan',
    tag: 'session',
    needs: 'nobody',
    body: loginBody,
    answer: { is: 'envelope' },
    problems: [
      ...jsonProblems,
      'unknown-app',
      'invalid-code',
      'invalid-credentials',
      'snapshot-user',
      'too-many-requests',
      'wechat-too-frequent',
      'wechat-unavailable',
      'database-unavailable',
      'phone-number-taken',
      'confirmation-needed',
      'overloaded',
    ],
  },
  {
    route: 'POST /auth/sms-codes',
    id: 'sendTextCode',
    summary: 'Sends a text code to a phone number',
    tag: 'session',
    needs: 'nobody',
    method: 'sms',
    body: textCodeBody,
    answer: { is: 'envelope', status: 202, data: sentCode },
    problems: [...jsonProblems, 'too-many-requests', 'sms-unavailable'],
  },
  {
    route: 'POST /auth/scans',
    id: 'createScan',
    summary: 'A code for the screen of a browser, which a phone scans to sign it in',
    tag: 'session',
    needs: 'nobody',
    method: 'scan',
    answer: { is: 'envelope', status: 201, data: createdScan },
    problems: ['too-many-requests', 'wechat-too-frequent', 'wechat-unavailable'],
  },
  {
    route: 'GET /auth/scans/:id',
    id: 'awaitScan',
    summary: 'What has become of a code; waits up to 25 s for a change',
    tag: 'session',
    needs: 'nobody',
    method: 'scan',
    parameters: [
      { name: 'Scan-Secret', in: 'header', required: true },
      { name: 'known', in: 'query', schema: scanState.shape.status },
    ],
    answer: { is: 'envelope', data: scanState },
    problems: ['not-found', 'overloaded'],
  },
  {
    route: 'POST /auth/scans/:id/scanned',
    id: 'scan',
    summary: 'Says to the phone who asks',
    tag: 'session',
    needs: 'session',
    method: 'scan',
    answer: { is: 'envelope', data: scannedBy },
    problems: ['scan-over', 'too-many-requests'],
  },
  {
    route: 'POST /auth/scans/:id/confirm',
    id: 'confirmScan',
    summary: 'The user of the phone signs the browser in',
    tag: 'session',
    needs: 'session',
    method: 'scan',
    answer: { is: 'envelope' },
    problems: ['scan-over', 'second-proof-needed'],
  },
  {
    route: 'POST /auth/scans/:id/decline',
    id: 'declineScan',
    summary: 'The user of the phone does not',
    tag: 'session',
    needs: 'session',
    method: 'scan',
    answer: { is: 'envelope' },
    problems: ['scan-over'],
  },
  {
    route: 'PUT /auth/password',
    id: 'setPassword',
    summary: 'Sets the password with a text code, logs in, and ends all other sessions',
    tag: 'session',
    needs: 'nobody',
    method: 'password',
    body: passwordBody,
    answer: { is: 'envelope' },
    problems: [
      ...jsonProblems,
      'invalid-credentials',
      'too-many-requests',
      'phone-number-taken',
      'confirmation-needed',
      'second-proof-needed',
      'overloaded',
    ],
  },
  {
    route: 'GET /auth/token-state',
    id: 'getTokenState',
    summary: 'The token state as it is now',
    tag: 'session',
    needs: 'session',
    answer: { is: 'envelope' },
  },
  {
    route: 'POST /auth/user-info',
    id: 'submitUserInfo',
    summary: 'What the getUserInfo button gave, the profile form, or both',
    tag: 'session',
    needs: 'session',
    body: userInfoMembers,
    answer: { is: 'envelope' },
    problems: [...jsonProblems, ...openingProblems, 'second-proof-needed'],
  },
  {
    route: 'POST /auth/avatar',
    id: 'uploadAvatar',
    summary: 'A picture, for use in POST /auth/user-info',
    tag: 'session',
    needs: 'session',
    body: 'picture',
    answer: { is: 'envelope', data: uploaded },
    problems: [
      ...jsonProblems,
      'unsupported-picture',
      'too-many-requests',
      'overloaded',
      'second-proof-needed',
    ],
  },
  {
    route: 'GET /avatars/:name',
    id: 'getAvatar',
    summary: 'A picture',
    tag: 'session',
    needs: 'guest',
    answer: { is: 'picture' },
    problems: ['not-found'],
  },
  {
    route: 'POST /auth/phone-number',
    id: 'submitPhoneNumber',
    summary: 'What the getPhoneNumber button gave, or a number with its text code',
    tag: 'session',
    needs: 'session',
    body: phoneBody,
    answer: { is: 'envelope' },
    problems: [
      ...jsonProblems,
      ...openingProblems,
      'phone-code-refused',
      'phone-number-taken',
      'confirmation-needed',
      'too-many-requests',
      'challenged',
      'second-proof-needed',
      'overloaded',
    ],
  },
  {
    route: 'POST /auth/logout',
    id: 'logOut',
    summary: 'Ends the session',
    tag: 'session',
    needs: 'session',
    answer: { is: 'empty' },
  },
  {
    route: 'DELETE /auth/account',
    id: 'deleteAccount',
    summary: 'Deletes the person, their data, and all their sessions',
    tag: 'session',
    needs: 'session',
    answer: { is: 'empty' },
    problems: ['fresh-login-required', 'second-proof-needed'],
  },
  {
    route: 'GET /auth/sessions',
    id: 'listSessions',
    summary: 'One’s own live sessions, the newest login first',
    tag: 'session',
    needs: 'session',
    answer: { is: 'envelope', data: listedSession.array() },
    problems: ['second-proof-needed'],
  },
  {
    route: 'DELETE /auth/sessions',
    id: 'endOtherSessions',
    summary: 'Ends all sessions of one’s own but this one',
    tag: 'session',
    needs: 'session',
    answer: { is: 'empty' },
    problems: ['second-proof-needed'],
  },
  {
    route: 'DELETE /auth/sessions/:id',
    id: 'endSession',
    summary: 'Ends one session of one’s own',
    tag: 'session',
    needs: 'session',
    answer: { is: 'empty' },
    problems: ['not-found', 'second-proof-needed'],
  },
  {
    route: 'GET /auth/ways',
    id: 'listWays',
    summary: 'How one can sign in: the number, masked, the password, and WeChat',
    tag: 'session',
    needs: 'session',
    answer: { is: 'envelope', data: ownWays },
    problems: ['second-proof-needed'],
  },
  {
    route: 'POST /auth/ways',
    id: 'addWay',
    summary: 'Lets a WeChat user sign in, by the code of WeChat’s OAuth',
    tag: 'session',
    needs: 'session',
    method: 'wechat',
    body: wayBody,
    answer: { is: 'envelope' },
    problems: [...jsonProblems, 'second-proof-needed', 'way-refused', 'way-taken'],
  },
  {
    route: 'DELETE /auth/ways/:way',
    id: 'removeWay',
    summary: 'Removes `phone-number` with the password, `password`, or a WeChat user by id',
    tag: 'session',
    needs: 'session',
    answer: { is: 'envelope' },
    problems: ['not-found', 'second-proof-needed', 'way-needed'],
  },
  {
    route: 'GET /services',
    id: 'listServices',
    summary: 'What the business offers',
    tag: 'business',
    needs: 'guest',
    answer: { is: 'envelope', data: offered },
  },
  {
    route: 'GET /bookings',
    id: 'listBookings',
    summary: 'One’s own bookings, the newest first',
    tag: 'business',
    needs: 'session',
    answer: { is: 'envelope', data: booked.array() },
  },
  {
    route: 'POST /bookings',
    id: 'book',
    summary: 'Books a service',
    tag: 'business',
    needs: 'getPhoneNumber',
    body: bookingBody(Date.now),
    answer: { is: 'envelope', status: 201, data: booked },
    problems: [...jsonProblems, 'too-many-requests'],
  },
  {
    route: 'POST /coupons',
    id: 'claimCoupon',
    summary: 'The newcomer’s coupon',
    tag: 'business',
    needs: 'getUserInfo',
    answer: { is: 'envelope', data: coupon },
    problems: ['second-proof-needed'],
  },
  {
    route: 'GET /me',
    id: 'getPerson',
    summary: 'Who is signed in',
    tag: 'business',
    needs: 'session',
    answer: { is: 'envelope', data: person },
  },
  {
    route: 'GET /me/phone-number',
    id: 'getPhoneNumber',
    summary: 'One’s own phone number, in full',
    tag: 'business',
    needs: 'getPhoneNumber',
    answer: { is: 'envelope', data: ownNumber },
  },
]
