import { sql } from 'drizzle-orm'
import {
  boolean,
  customType,
  date,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })
const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Who says who a user is; `phone`: the person's own number, proved by a text code or a password. */
export const providers = [
  'wechat-mini-program',
  'wechat-official',
  'wechat-web',
  'wechat-app',
  'phone',
] as const

/**
 * The customers of the business. A person signs in with one or several identities; the phone
 * number, in E.164, is what joins them across platforms.
 */
export const people = pgTable(
  'people',
  {
    /** The `uid` of the token state, which has it from `registeredAt` on. */
    id: uuid('id').primaryKey().defaultRandom(),
    phoneNumber: text('phone_number').unique(),
    /** When they last proved by a text code that they have this number in their hands. */
    numberProvedAt: time('number_proved_at'),
    /** The number that has become another person's: the name that goes with the password. */
    formerNumber: text('former_number'),
    nickname: text('nickname'),
    /** As argon2id writes it. */
    password: text('password'),
    createdAt: time('created_at').notNull(),
    /** When the first phone number became known. */
    registeredAt: time('registered_at'),
  },
  (table) => [index('people_former_number').on(table.formerNumber)],
)

/** A user as one app of a provider knows them. */
export const identities = pgTable(
  'identities',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    provider: text('provider', { enum: providers }).notNull(),
    appId: text('app_id').notNull(),
    /** The user's id in this app: WeChat's openid; for `phone` a random one, as numbers change. */
    subject: text('subject').notNull(),
    /** The same user's id in all apps of one open platform account. */
    unionid: text('unionid'),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    /**
     * Encrypted, where the provider has such keys; the newest two, since a login on one device
     * replaces the key of another.
     */
    sessionKey: text('session_key'),
    previousSessionKey: text('previous_session_key'),
  },
  (table) => [
    unique('identities_provider_app_id_subject').on(table.provider, table.appId, table.subject),
    index('identities_unionid').on(table.unionid),
    index('identities_person_id').on(table.personId),
  ],
)

/** One for each access token. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** SHA-256 of the access token, in hex; the token itself is stored nowhere. */
    tokenHash: text('token_hash').notNull().unique(),
    identityId: uuid('identity_id')
      .notNull()
      .references(() => identities.id),
    /** Shared by a session and those it replaced: they are logged out together. */
    lineage: uuid('lineage').notNull(),
    version: integer('version').notNull().default(1),
    expiresAt: time('expires_at').notNull(),
    replacedAt: time('replaced_at'),
    /** When the first session of the lineage began. */
    startedAt: time('started_at').notNull(),
    /** When the user logged in for this one. */
    loggedInAt: time('logged_in_at').notNull(),
    /** When it was last used, to the day. */
    seenAt: time('seen_at').notNull(),
    /** Lasts longer, and longer with each day of use: its client cannot log in again silently. */
    isLasting: boolean('is_lasting').notNull().default(false),
    /** Began on a text code and a word, long after the number was proved: shows little. */
    needsSecondProof: boolean('needs_second_proof').notNull().default(false),
    /** Where the login came from. */
    address: text('address'),
    system: text('system'),
  },
  (table) => [
    index('sessions_identity_id').on(table.identityId),
    index('sessions_lineage').on(table.lineage),
    index('sessions_expires_at').on(table.expiresAt),
  ],
)

export const eventKinds = [
  'registration',
  'login',
  'password',
  'scan',
  'join',
  'number-moved',
  'claim',
  'way-added',
  'way-removed',
  'logout',
  'deletion',
  'refused',
  'limited',
] as const

/**
 * Who did what; see eventLog.ts. Without references: the event of a deletion is nobody's, and a
 * login, which holds its identity only, must not wait for the person.
 */
export const events = pgTable(
  'events',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    kind: text('kind', { enum: eventKinds }).notNull(),
    /** What was refused or limited. */
    about: text('about'),
    personId: uuid('person_id'),
    address: text('address'),
    occurredAt: time('occurred_at').notNull(),
  },
  (table) => [
    index('events_person_id').on(table.personId),
    index('events_occurred_at').on(table.occurredAt),
  ],
)

/** How often something has been done; see limits/counters.ts. */
export const counters = pgTable(
  'counters',
  {
    /** What is counted, and for which address or user. */
    key: text('key').primaryKey(),
    count: integer('count').notNull(),
    expiresAt: time('expires_at').notNull(),
  },
  (table) => [index('counters_expires_at').on(table.expiresAt)],
)

/** What a text code may be used for. */
export const textCodePurposes = ['login', 'bind', 'password'] as const

/** The codes that were sent to phones and can still be used; see textCodes.ts. */
export const textCodes = pgTable(
  'text_codes',
  {
    /** Of this one code: the next one has another. */
    id: uuid('id').primaryKey(),
    /** In E.164. */
    phoneNumber: text('phone_number').notNull(),
    purpose: text('purpose', { enum: textCodePurposes }).notNull(),
    /** A keyed hash: there are only a million codes. */
    hash: text('hash').notNull(),
    triesLeft: integer('tries_left').notNull(),
    expiresAt: time('expires_at').notNull(),
  },
  (table) => [
    unique('text_codes_phone_number_purpose').on(table.phoneNumber, table.purpose),
    index('text_codes_expires_at').on(table.expiresAt),
  ],
)

/** Codes on screens that a phone scans to sign a browser in; see scans.ts. */
export const scans = pgTable(
  'scans',
  {
    /** What the code says. */
    id: text('id').primaryKey(),
    /** SHA-256 of what the browser keeps to itself, in hex. */
    secretHash: text('secret_hash').notNull(),
    status: text('status', { enum: ['waiting', 'scanned', 'confirmed', 'declined'] }).notNull(),
    /** Of the phone that has scanned it. */
    identityId: uuid('identity_id').references(() => identities.id, { onDelete: 'cascade' }),
    /** Of the session that has confirmed: if that has ended since, it is confirmed no longer. */
    lineage: uuid('lineage'),
    /** Of the session that it was exchanged for last. */
    tokenHash: text('token_hash'),
    /** Where the browser is. */
    address: text('address'),
    system: text('system'),
    createdAt: time('created_at').notNull(),
    expiresAt: time('expires_at').notNull(),
  },
  (table) => [
    index('scans_expires_at').on(table.expiresAt),
    index('scans_identity_id').on(table.identityId),
  ],
)

export const bookings = pgTable(
  'bookings',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    /** The lineage of the session that has made it, where that needs a second proof. */
    lineage: uuid('lineage'),
    serviceId: text('service_id').notNull(),
    name: text('name').notNull(),
    phone: text('phone').notNull(),
    address: text('address').notNull(),
    date: date('date', { mode: 'string' }).notNull(),
    note: text('note'),
    createdAt: time('created_at').notNull(),
  },
  (table) => [index('bookings_person_id').on(table.personId, table.createdAt)],
)

/** Pictures that were uploaded, as they were written anew. */
export const avatars = pgTable(
  'avatars',
  {
    name: text('name').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    /** WebP. Null while it still is a file of a data directory, see avatars/moveFiles.ts. */
    bytes: bytea('bytes'),
    createdAt: time('created_at').notNull(),
    /** When it became the person's picture; an upload until then. */
    usedAt: time('used_at'),
  },
  (table) => [
    index('avatars_person_id').on(table.personId),
    uniqueIndex('avatars_used')
      .on(table.personId)
      .where(sql`${table.usedAt} is not null`),
    index('avatars_unused')
      .on(table.createdAt)
      .where(sql`${table.usedAt} is null`),
  ],
)

/** The newcomer's coupon: one for each user, whichever app of the business hands it out. */
export const coupons = pgTable('coupons', {
  id: uuid('id').primaryKey().defaultRandom(),
  /** The unionid; the identity's id where there is none. */
  holder: text('holder').notNull().unique(),
  createdAt: time('created_at').notNull(),
})

/** What WeChat's message push has reported and was handled: WeChat repeats what it takes for lost. */
export const pushEvents = pgTable(
  'push_events',
  {
    /** A hash, as it outlives the user it is about. */
    id: text('id').primaryKey(),
    handledAt: time('handled_at').notNull(),
  },
  (table) => [index('push_events_handled_at').on(table.handledAt)],
)
