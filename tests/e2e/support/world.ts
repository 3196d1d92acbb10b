import { randomUUID } from 'node:crypto'
import {
  startSimulator,
  type DrivenPage,
  type LaunchOptions,
  type Simulator,
} from '@watchword/simulator'
import { expect, inject, onTestFinished } from 'vitest'
import { openPage, withdraw } from '../../../simulator/tests/support/sharedBrowser'
import { register } from './backend'
import { dayFromNow } from './dayFromNow'
import type { Services, UserInfoPolicy } from './services'

export { dayFromNow }
export { storedSession } from './storedSession'

/** The real backend, WeChat's stand-in, and a phone for each launch, for people of one's own. */
export interface World extends Services {
  /** Opens the mini-program as this person, who answers WeChat's dialogues as scripted. */
  launch(person: string, options?: WorldLaunchOptions): Promise<DrivenPage>
  /** Makes the backend know this person and their phone number, as if they had booked before. */
  register(person: string): Promise<void>
}

interface WorldLaunchOptions extends LaunchOptions {
  url?: string
  /** Changes the page itself (its clock, its media): no other test has it afterwards. */
  ownPage?: boolean
}

/** By the directory of the compiled app. */
const simulators = new Map<string, Promise<Simulator>>()

function simulatorOf({ dist, wechat }: Services): Promise<Simulator> {
  const started = simulators.get(dist) ?? startSimulator({ dist, wechat, openPage })
  simulators.set(dist, started)
  return started
}

/** Shares everything with other worlds but the people, whom no other one knows by these names. */
export async function createWorld(policy: UserInfoPolicy = 'unionid'): Promise<World> {
  const services = inject('services')[policy]
  const scope = randomUUID().slice(0, 8)
  const nameOf = (person: string) => `${person} ${scope}`
  return {
    ...services,
    async launch(person, { url, ownPage = false, ...options } = {}) {
      const simulator = await simulatorOf(services)
      const phone = await simulator.launch(url, { person: nameOf(person), ...options })
      if (ownPage) withdraw(phone.page)
      const { close } = phone
      let isOpen = true
      phone.close = () => {
        isOpen = false
        return close()
      }
      // What a failed test leaves open.
      onTestFinished(async () => {
        if (isOpen) await phone.page.context().close()
      })
      return phone
    },
    register: (person) => register(services, nameOf(person)),
  }
}

/** From another tab. Resolves once the page is drawn and has its answers: what is tapped next stays in its place. */
export async function switchTab(phone: DrivenPage, name: string): Promise<void> {
  const { routes: before } = await phone.state()
  await phone.page.getByText(name, { exact: true }).click()
  await phone.waitFor(({ routes }) => routes.join() !== before.join())
  await phone.settle()
}

/** Goes to a page and closes all others, as wx.reLaunch does: the app goes on, unlike at a restart. */
export async function goTo(phone: DrivenPage, url: string): Promise<void> {
  await phone.page.evaluate((to) => window.simulator.open(to), url)
  await phone.settle()
}

/** From 我的, by the two taps that every user has to take. */
export async function signOut(phone: DrivenPage): Promise<void> {
  await phone.waitFor('#open-settings')
  await phone.tap('#open-settings')
  await phone.waitFor('#sign-out')
  await phone.tap('#sign-out')
  await phone.waitFor('#sign-in')
}

/** What an invented person fills in. */
export const FORM = {
  name: '林小舟',
  phone: '15400001234',
  address: '梧桐路 8 号 2 栋 301',
  date: dayFromNow(7),
  note: '没有电梯',
}

/** Opens the first service's form from home and fills it. */
export async function fillBooking(phone: DrivenPage): Promise<void> {
  await phone.waitFor('.service')
  await phone.tap('.service__book')
  await phone.waitFor('#submit')
  for (const field of ['name', 'phone', 'address', 'note'] as const) {
    await phone.type(`#${field}`, FORM[field])
  }
  phone.answer('picker', { value: FORM.date })
  await phone.tap('#date')
}

/** On that form, filled in by a draft: for tests of what follows. */
export async function launchFilled(
  world: World,
  person: string,
  options: Omit<WorldLaunchOptions, 'storage' | 'url'> = {},
): Promise<DrivenPage> {
  const phone = await world.launch(person, {
    ...options,
    url: 'example/booking/booking?service=small-van',
    storage: { 'draft:small-van': FORM },
  })
  await phone.waitFor('.restored')
  return phone
}

/** Whether everything typed is still there. */
export async function formValues(phone: DrivenPage): Promise<Record<string, string>> {
  const values: Record<string, string> = { date: await phone.text('#date') }
  for (const field of ['name', 'phone', 'address', 'note'] as const) {
    values[field] = await phone.locate(`#${field}`).locator('input, textarea').inputValue()
  }
  return values
}

/** How often each address was asked, without the queries. */
export function counts(phone: DrivenPage): Record<string, number> {
  const found: Record<string, number> = {}
  for (const { method, url } of phone.requests) {
    const line = `${method} ${new URL(url).pathname}`
    found[line] = (found[line] ?? 0) + 1
  }
  return found
}

/** Waits until nothing of this kind is there. */
export const hidden = (phone: DrivenPage, selector: string) =>
  expect.poll(() => phone.count(selector)).toBe(0)

/** Beside the panel, where the mask can be seen. */
export const tapMask = (phone: DrivenPage) =>
  phone.locate('.auth-sheet__mask').click({ position: { x: 20, y: 20 } })
