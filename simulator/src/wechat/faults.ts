import { z } from 'zod'
import { isErrcode, type Errcode } from './errors'

/** WeChat's endpoints, named by the last part of their paths. */
export const endpoints = {
  jscode2session: { method: 'GET', path: '/sns/jscode2session' },
  stable_token: { method: 'POST', path: '/cgi-bin/stable_token' },
  getuserphonenumber: { method: 'POST', path: '/wxa/business/getuserphonenumber' },
  checksession: { method: 'GET', path: '/wxa/checksession' },
  getwxacodeunlimit: { method: 'POST', path: '/wxa/getwxacodeunlimit' },
  access_token: { method: 'GET', path: '/sns/oauth2/access_token' },
} as const

/** One of WeChat's endpoints. */
export type Endpoint = keyof typeof endpoints

/**
 * What goes wrong at an endpoint, before it looks at the request: an `errcode`, a `delay` in ms
 * after which it answers, or the connection is dropped. For `times` requests, or until cleared.
 */
export const faultBody = z
  .strictObject({
    endpoint: z.enum(Object.keys(endpoints) as Endpoint[]),
    errcode: z
      .custom<Errcode>((code) => typeof code === 'number' && isErrcode(code), 'not a known errcode')
      .optional(),
    delay: z.int().min(0).max(600_000).optional(),
    drop: z.literal(true).optional(),
    times: z.int().min(1).optional(),
  })
  .refine(
    ({ errcode, delay, drop }) =>
      [errcode, delay, drop].filter((part) => part !== undefined).length === 1,
    'exactly one of errcode, delay and drop is needed',
  )

/** See `faultBody`. */
export type Fault = z.infer<typeof faultBody>

/** Faults that wait for their requests; those of one endpoint happen in the order they were set. */
export interface Faults {
  set(fault: Fault): void
  clear(): void
  /** The fault that the next request to `endpoint` meets. */
  take(endpoint: Endpoint): Fault | undefined
}

export function createFaults(): Faults {
  let waiting: Fault[] = []
  return {
    set: (fault) => void waiting.push({ ...fault }),
    clear: () => void (waiting = []),
    take(endpoint) {
      const fault = waiting.find((fault) => fault.endpoint === endpoint)
      if (fault?.times !== undefined && (fault.times -= 1) === 0) {
        waiting = waiting.filter((other) => other !== fault)
      }
      return fault
    },
  }
}
