import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import type { UserInfoPolicy } from '../config'
import { dayInChina } from '../dayInChina'
import type { Database } from '../db/database'
import { bookings } from '../db/schema'
import { transact } from '../db/transact'
import { answer, type AppEnv } from '../http/answer'
import { readBody, text } from '../http/body'
import { limited, type Limits } from '../http/limits'
import { requires, type Requirement } from '../http/requires'
import { holdPerson } from '../people/hold'
import { onlyRow } from '../people/rows'
import { maskPhone } from '../phone'
import type { Session } from '../sessions'
import { isBookable, serviceIds, serviceName } from './services'

const maxListed = 100
/** How far ahead one can book, in days. */
const daysAhead = 365
const dayLength = 24 * 60 * 60_000
/** For how long an equal booking counts as the same one, in ms. */
const duplicateWindow = 10 * 60_000

/** The errors are Chinese: they are shown beside the fields of the form. */
export function bookingBody(now: () => number) {
  return z.object({
    serviceId: z
      .enum(serviceIds, { error: '请选择服务' })
      .refine(isBookable, '线上商品无需预约上门'),
    name: text(50, '请填写联系人'),
    phone: z.string({ error: '请填写联系电话' }).regex(/^\+?\d[\d -]{5,18}\d$/, '联系电话格式不对'),
    address: text(200, '请填写地址'),
    date: z.iso
      .date({ error: '请选择日期', abort: true })
      // Today counts: tomorrow, on a phone west of China, can be today there.
      .refine((date) => date >= dayInChina(now()), '上门日期已过')
      .refine((date) => date <= dayInChina(now() + daysAhead * dayLength), '请选择一年内的日期'),
    note: z
      .string({ error: '备注须是文字' })
      .trim()
      .max(500, '备注不超过 500 字')
      .regex(/^(?:[^\p{Cc}\p{Cs}]|[\r\n\t])*$/u, '备注含有无法保存的字符')
      .optional(),
  })
}

const phoneNumber: Requirement = {
  scheme: 'getPhoneNumber',
  reason: { zh: '用于搬家师傅与您联系', en: 'So that the movers can reach you' },
}
const profile: Requirement = {
  scheme: 'getUserInfo',
  reason: { zh: '师傅上门时好称呼您', en: 'So that the movers know how to address you' },
}

type Booking = typeof bookings.$inferSelect
type NewBooking = Omit<Booking, 'id' | 'personId'>

/** `now` is in ms since 1970. */
export interface BookingOptions {
  now: () => number
  userInfoPolicy: UserInfoPolicy
  limits: Limits
}

/**
 * `POST /bookings`, which needs the phone number, under the policy *profile* the profile too, and
 * `GET /bookings`: one's own.
 */
export function bookingRoutes(
  database: Database,
  { now, userInfoPolicy: policy, limits }: BookingOptions,
) {
  const schema = bookingBody(now)
  return new Hono<AppEnv>()
    .get('/bookings', requires('session'), async (c) => {
      const own = await database
        .select()
        .from(bookings)
        .where(seenIn(c.get('session')))
        .orderBy(desc(bookings.createdAt))
        .limit(maxListed)
      return answer(
        c,
        own.map((booking) => bookingView(c, booking)),
      )
    })

    .post(
      '/bookings',
      requires(phoneNumber, ...(policy === 'unionid' ? [] : [profile])),
      limited(limits, 'bookings'),
      async (c) => {
        const body = await readBody(c, schema)
        const { needsSecondProof, lineage } = c.get('session')
        const made = {
          note: body.note ?? null,
          createdAt: new Date(now()),
          lineage: needsSecondProof ? lineage : null,
        }
        const { identityId } = c.get('session')
        const booking = await book(database, identityId, { ...body, ...made })
        return answer(c, bookingView(c, booking), 201)
      },
    )
}

/** The person's; of a session that needs a second proof, those that it has made. */
function seenIn({ personId, needsSecondProof, lineage }: Session) {
  const own = needsSecondProof ? eq(bookings.lineage, lineage) : undefined
  return and(eq(bookings.personId, personId), own)
}

/**
 * Makes the booking for the identity's person, or returns the equal one they have just made: a
 * client that got no answer sends it again. It holds the person: since the session was read, they
 * may have been joined with another, or be gone; and of two equal bookings at once, the second finds
 * the first.
 * @throws PersonGoneError
 */
function book(database: Database, identityId: string, booking: NewBooking): Promise<Booking> {
  return transact(database, async (tx) => {
    const { person } = await holdPerson(tx, identityId, 'update')
    const personId = person.id
    const [duplicate] = await tx.select().from(bookings).where(equalTo(booking, personId)).limit(1)
    if (duplicate) return duplicate
    const own = { ...booking, personId }
    return onlyRow(await tx.insert(bookings).values(own).returning())
  })
}

function equalTo(booking: NewBooking, personId: string) {
  const { serviceId, name, phone, address, date, note, createdAt, lineage } = booking
  return and(
    eq(bookings.personId, personId),
    lineage === null ? undefined : eq(bookings.lineage, lineage),
    gt(bookings.createdAt, new Date(createdAt.getTime() - duplicateWindow)),
    eq(bookings.serviceId, serviceId),
    eq(bookings.name, name),
    eq(bookings.phone, phone),
    eq(bookings.address, address),
    eq(bookings.date, date),
    note === null ? isNull(bookings.note) : eq(bookings.note, note),
  )
}

/** A booking as its owner sees it: no answer holds a phone number in full. */
function bookingView(c: Context, booking: Booking) {
  const { id, serviceId, name, address, date, note, createdAt } = booking
  return {
    id,
    serviceId,
    serviceName: serviceName(c, serviceId),
    name,
    phone: maskPhone(booking.phone),
    address,
    date,
    note,
    createdAt,
  }
}
