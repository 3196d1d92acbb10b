import { z } from 'zod'

/** A text message as a backend hands it in. */
export const smsMessage = z.strictObject({
  phone: z.string().min(1).max(32),
  code: z.string().min(1).max(32),
  purpose: z.string().min(1).max(32),
})

/** A text message as it came in; `at` in ms since 1970. */
export interface ReceivedSms extends z.output<typeof smsMessage> {
  at: number
}

/** The text messages of all phones. */
export interface SmsInbox {
  receive(message: z.output<typeof smsMessage>): void
  /** Those of one number, or of all; the newest last. */
  of(phone?: string): ReceivedSms[]
}

/** How many messages are kept. */
const most = 200

export function createSmsInbox(now: () => number): SmsInbox {
  let received: ReceivedSms[] = []
  return {
    receive(message) {
      received = [...received, { ...message, at: now() }].slice(-most)
    },
    of: (phone) => received.filter((message) => phone === undefined || message.phone === phone),
  }
}
