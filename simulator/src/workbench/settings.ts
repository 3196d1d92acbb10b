// What is remembered in the browser between two openings of the page.
import { z } from 'zod'
import {
  calmNetwork,
  networkConditions,
  personKinds,
  phoneSettings,
  visit,
  type NetworkConditions,
  type PhoneSettings,
  type Visit,
} from '../workbenchWire'

/** The answer to every question, as in a visit. */
export type Answers = Visit['answers']

const person = visit.pick({ person: true, kind: true })

/** Who uses WeChat: a name for the stand-in, and what is known of them. */
export type WorkbenchPerson = z.infer<typeof person>

/**
 * What to do first, in this order: use the app, send the burst of an app that has one or else change what
 * surrounds the app, look at a request.
 */
export const firstSteps = ['use', 'burst', 'change', 'look'] as const

/** See `firstSteps`. */
export type FirstStep = (typeof firstSteps)[number]

/** A value in localStorage, checked when it is read: an earlier version may have written it. */
export interface Setting<Value> {
  readonly key: string
  /** What is stored, or the default where nothing valid is. */
  read(): Value
  write(value: Value): void
}

type Store = Pick<globalThis.Storage, 'getItem' | 'setItem'>

const setting = <Value>(
  store: Store,
  name: string,
  schema: z.ZodType<Value>,
  byDefault: () => Value,
): Setting<Value> => {
  const key = `simulator:${name}`
  return {
    key,
    read() {
      const parsed = schema.safeParse(parseJson(store.getItem(key)))
      return parsed.success ? parsed.data : byDefault()
    },
    write: (value) => store.setItem(key, JSON.stringify(value)),
  }
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

/** Somebody whom no backend has seen under this name. */
export const newPerson = (kind: WorkbenchPerson['kind']): WorkbenchPerson => ({
  person: `visitor-${crypto.randomUUID()}`,
  kind,
})

const defaultPhone: PhoneSettings = {
  platform: 'ios',
  sdkVersion: '3.8.0',
  theme: 'light',
  language: 'zh_CN',
  fontScale: 1,
}

const askAlways: Answers = {
  phoneNumber: 'ask',
  userInfo: 'ask',
  avatar: 'ask',
  privacy: 'ask',
  permission: 'ask',
}

/** All that is remembered. */
export interface Settings {
  person: Setting<WorkbenchPerson>
  phone: Setting<PhoneSettings>
  answers: Setting<Answers>
  network: Setting<NetworkConditions>
  /** What has been done of what is shown first. */
  firstSteps: Setting<FirstStep[]>
  /** What the workbench itself is read in; null: as the browser. */
  language: Setting<'zh' | 'en' | null>
}

/** The settings kept in `store`. */
export const createSettings = (store: Store): Settings => ({
  person: setting(store, 'person', person, () => newPerson(personKinds[0])),
  phone: setting(store, 'phone', phoneSettings, () => defaultPhone),
  answers: setting(store, 'answers', visit.shape.answers, () => askAlways),
  network: setting(store, 'network', networkConditions, () => calmNetwork),
  firstSteps: setting(store, 'firstSteps', z.array(z.enum(firstSteps)), () => []),
  language: setting(store, 'workbenchLanguage', z.enum(['zh', 'en']).nullable(), () => null),
})
