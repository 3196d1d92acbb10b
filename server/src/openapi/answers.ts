import { z } from 'zod'
import { problemKinds } from '../http/problem'
import { serviceIds } from '../routes/services'
import { scanStatuses } from '../scans/scans'
import type { TokenState } from '../sessions'
import { oauthProviders } from '../wechat/signInConfig'

/** The token state, as the contract describes it in "The token state" of docs/protocol.md. */
export const tokenState = z.object({
  accessToken: z.string().min(1),
  expiresIn: z.int().min(0),
  hasUserInfo: z.boolean(),
  hasPhoneNumber: z.boolean(),
  uid: z.uuid().exactOptional(),
  needsSecondProof: z.literal(true).exactOptional(),
  version: z.int(),
}) satisfies z.ZodType<TokenState>

const maskedNumber = z.string().regex(/^\+?\d{0,3}\*{4}\d{1,4}$/)

/** The body of every failure (RFC 9457). */
export const problem = z.object({
  type: z.enum(problemKinds.map((kind) => `/problems/${kind}` as const)),
  title: z.string(),
  status: z.int().min(400).max(599),
  challenges: z.string().exactOptional(),
  errors: z
    .array(z.object({ pointer: z.string().startsWith('#'), detail: z.string() }))
    .exactOptional(),
  account: z
    .object({ phone: maskedNumber, nickname: z.string().nullable(), since: z.int() })
    .exactOptional(),
})

export const uploaded = z.object({ avatarUrl: z.url() })

const fen = z.int().min(0)

export const offered = z.array(
  z.object({
    id: z.enum(serviceIds),
    name: z.string(),
    description: z.string(),
    price: fen,
    isVirtual: z.boolean(),
  }),
)

export const booked = z.object({
  id: z.uuid(),
  serviceId: z.string(),
  serviceName: z.string(),
  name: z.string(),
  phone: z.string(),
  address: z.string(),
  date: z.iso.date(),
  note: z.string().nullable(),
  createdAt: z.iso.datetime(),
})

export const listedSession = z.object({
  id: z.uuid(),
  isCurrent: z.boolean(),
  startedAt: z.iso.datetime(),
  lastSeenOn: z.iso.date(),
  address: z.string().nullable(),
  system: z.string().nullable(),
})

/** `expiresIn` in seconds. */
export const createdScan = z.object({
  id: z.string().regex(/^[\w-]{22}$/),
  secret: z.string(),
  expiresIn: z.int().min(1),
  image: z.string().startsWith('data:image/'),
})

export const scanState = z.object({ status: z.enum(scanStatuses) })

export const scannedBy = z.object({
  browser: z.object({ system: z.string().exactOptional(), at: z.iso.datetime() }),
})

export const ownWays = z.object({
  phoneNumber: maskedNumber.nullable(),
  hasPassword: z.boolean(),
  wechat: z.array(
    z.object({
      id: z.uuid(),
      provider: z.enum(['wechat-mini-program', ...oauthProviders]),
      isCurrent: z.boolean(),
    }),
  ),
})

/** In seconds. */
export const sentCode = z.object({ resendAfter: z.int().min(0), expiresIn: z.int().min(1) })

export const health = z.object({ status: z.enum(['live', 'ready']) })

export const person = z.object({
  nickname: z.string().nullable(),
  avatarUrl: z.url().nullable(),
  phoneNumber: maskedNumber.nullable(),
})

/** In E.164. */
export const ownNumber = z.object({ phoneNumber: z.string().regex(/^\+\d{4,19}$/) })

export const coupon = z.object({ id: z.uuid(), name: z.string(), amount: fen })
