// What a user sees of the app, and where a finger can be put.
import type { DrivenPage } from '@watchword/simulator'

/** How long the app may take to come to rest without faults, in ms: as long as a hang. */
export const patience = 60_000

/** On the page on top, as the simulator draws it. */
const onPage = (...selectors: string[]) =>
  `.simulator-webview:not([hidden]) :is(${selectors.join()})`

/** What can be seen, and pressed, by its selector. */
const landmarks = {
  services: onPage('.service__book'),
  done: onPage('.booking-done'),
  more: onPage('.booking-done__more'),
  submit: onPage('#submit'),
  fieldError: onPage('.field__error'),
  sheet: onPage('.auth-sheet'),
  allow: onPage('.auth-sheet__allow:not(:has(.profile-form__nickname))'),
  cancel: onPage('.auth-sheet__cancel'),
  address: onPage('#address'),
  nickname: onPage('.profile-form__nickname'),
  avatar: onPage('.profile-form__avatar'),
  save: onPage('.profile-form__submit'),
  signIn: onPage('#sign-in'),
  signOut: onPage('#sign-out'),
  settings: onPage('#open-settings'),
  coupon: onPage('#open-coupon'),
  claim: onPage('#claim'),
  bind: onPage('.phone-number-button:not(.auth-sheet__allow)'),
  list: onPage('.booking', '.bookings__empty'),
  retry: onPage('.state__retry', '.failed__retry', '.heading__retry'),
  tabs: '#simulator-tab-bar:not([hidden]) .simulator-tab',
} as const

const texts = {
  failure: onPage('.failure'),
  declined: onPage('.declined'),
  listed: onPage('.booking__address'),
} as const

/** What turns until an answer has come; below a sheet it may until the user has answered. */
const turning = onPage('.skeleton', '[data-loading]')
const turningInSheet = onPage('.auth-sheet [data-loading]')

export type Landmark = keyof typeof landmarks

/** What a user sees at a moment. */
export interface View {
  /** `mine` of `example/mine/mine`. */
  page: string
  /** How many pages are open. */
  depth: number
  seen: ReadonlySet<Landmark>
  /** What the field for the address holds. */
  address: string
  failure: string
  declined: string
  /** The addresses of the bookings listed. */
  listed: string[]
  /** Something turns, or is grey, until an answer has come. */
  isWaiting: boolean
}

export async function look(phone: DrivenPage): Promise<View> {
  const { seen, failure, declined, turns, turnsInSheet, ...view } = await phone.page.evaluate(
    readView,
    { landmarks, texts, turning, turningInSheet, address: onPage('#address input') },
  )
  return {
    ...view,
    seen: new Set(seen),
    failure: failure.join(' '),
    declined: declined.join(' '),
    isWaiting: seen.includes('sheet') ? turnsInSheet : turns,
  }
}

/** Whatever is under way has ended, or the patience of any user. */
export async function comeToRest(phone: DrivenPage): Promise<View> {
  const limit = Date.now() + patience
  for (;;) {
    await phone.settle()
    const view = await look(phone)
    if (!view.isWaiting || Date.now() > limit) return view
  }
}

interface Selectors {
  landmarks: Record<Landmark, string>
  texts: Record<keyof typeof texts, string>
  turning: string
  turningInSheet: string
  address: string
}

/** Runs in the page. Nothing in it has a name: a compiler may add what the page does not know. */
function readView({ landmarks, texts, turning, turningInSheet, address }: Selectors) {
  const { route, routes } = window.simulator.state()
  const [failure, declined, listed] = [texts.failure, texts.declined, texts.listed].map(
    (selector) => [...document.querySelectorAll<HTMLElement>(selector)].map((one) => one.innerText),
  )
  return {
    page: route.split('/').at(-1) ?? '',
    depth: routes.length,
    seen: (Object.keys(landmarks) as Landmark[]).filter((name) =>
      [...document.querySelectorAll(landmarks[name])].some((one) => one.checkVisibility()),
    ),
    address: document.querySelector<HTMLInputElement>(address)?.value ?? '',
    failure: failure!,
    declined: declined!,
    listed: listed!,
    turns: document.querySelector(turning) !== null,
    turnsInSheet: document.querySelector(turningInSheet) !== null,
  }
}

/**
 * Presses the `nth` match at once, if it is there and nothing lies over it; whether it was. `times`: as
 * fast as a finger can.
 */
export async function press(
  { page }: DrivenPage,
  name: Landmark,
  { nth = 0, times = 1 } = {},
): Promise<boolean> {
  const point = await page.evaluate(findPoint, [landmarks[name], nth] as const)
  if (!point) return false
  for (let time = 0; time < times; time++) await page.mouse.click(point.x, point.y)
  return true
}

/** Puts this text in a field, if it is there. */
export async function typeInto(phone: DrivenPage, name: Landmark, text: string): Promise<void> {
  if (!(await press(phone, name))) return
  await phone.page.keyboard.press('ControlOrMeta+A')
  await phone.page.keyboard.insertText(text)
}

/** Runs in the page. What moves is in its place some frames later. */
async function findPoint([selector, nth]: readonly [string, number]) {
  for (let frame = 0; frame < 30; frame++) {
    const found = [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility())
    const element = found[nth]
    const point = element && window.simulator.tapPoint(element)
    if (!element || point) return point
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
  return undefined
}

/** Of a view in a journal. */
export function wordsOf({ page, seen, failure, declined, isWaiting }: View): string {
  const words = [failure, declined, seen.has('sheet') && 'a sheet', seen.has('done') && 'done']
  return [page, ...words, isWaiting && 'something that turns'].filter(Boolean).join(' · ')
}

/** A list may be old, but what it has is the user's, and there once. */
export function listFaults({ listed }: View, wishes: ReadonlyMap<string, unknown>): string[] {
  return listed.flatMap((address, index) => {
    if (!wishes.has(address)) return [`a booking is listed that nobody wished for: ${address}`]
    return listed.indexOf(address) < index ? [`${address} is listed twice`] : []
  })
}
