import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator, type DrivenPage, type LaunchOptions } from '@watchword/simulator'
import { expect, inject } from 'vitest'
import { startStack, type Stack } from '../../../scripts/stack'
import type { CompiledApp } from './build'

/** The real backend on a database of its own, WeChat's stand-in, and a phone for each launch. */
export interface World {
  stack: Stack
  /** Opens the mini-program as this person, who answers WeChat's dialogues as scripted. */
  launch(person: string, options?: LaunchOptions & { url?: string }): Promise<DrivenPage>
  close(): Promise<void>
}

export interface WorldOptions {
  /** `unionid` if not given. */
  userInfoPolicy?: 'unionid' | 'profile'
}

/** The compiled app of the process that these tests run in. */
export function compiledApp(): CompiledApp {
  return inject('apps')[Number(process.env.VITEST_POOL_ID) - 1]!
}

/** The backend listens where the app expects it. */
export async function createWorld({ userInfoPolicy }: WorldOptions = {}): Promise<World> {
  const { port, dist } = compiledApp()
  const dataDir = mkdtempSync(join(tmpdir(), 'watchword-e2e-'))
  cpSync(inject('freshData'), dataDir, { recursive: true })
  const stack = await startStack({
    port,
    wechatPort: 0,
    dataDir,
    logLevel: 'silent',
    ...(userInfoPolicy && { userInfoPolicy }),
  })
  if (stack.backend.port !== port) {
    await stack.close()
    throw new Error(`port ${port} was taken since the app was compiled for it; run the tests again`)
  }
  const simulator = await startSimulator({ dist, wechat: stack.wechatUrl })
  return {
    stack,
    launch: (person, { url, ...options } = {}) => simulator.launch(url, { person, ...options }),
    async close() {
      await simulator.close()
      await stack.close()
      rmSync(dataDir, { recursive: true })
    },
  }
}

/** Makes the backend know this person and their phone number, as if they had booked before. */
export async function register({ stack }: World, person: string): Promise<void> {
  const post = async (path: string, body: object, token?: string) => {
    const response = await fetch(stack.backend.url + path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    return (await response.json()) as { tokenState: { accessToken: string } }
  }
  const { tokenState } = await post('/auth/login', stack.wechat.issueLoginCode(person))
  await post('/auth/phone-number', stack.wechat.issuePhoneCode(person), tokenState.accessToken)
}

/** The session as the app has stored it. */
export async function storedSession(
  phone: DrivenPage,
): Promise<{ state?: { accessToken: string; uid?: string }; signedOut?: boolean }> {
  const { storage } = await phone.state()
  const key = Object.keys(storage).find((one) => one.startsWith('watchword:'))
  return key ? (JSON.parse(String(storage[key])) as object) : {}
}

/** From 我的, by the two taps that every user has to take. */
export async function signOut(phone: DrivenPage): Promise<void> {
  await phone.waitFor('#open-settings')
  await phone.tap('#open-settings')
  await phone.waitFor('#sign-out')
  await phone.tap('#sign-out')
  await phone.waitFor('#sign-in')
}

/** `YYYY-MM-DD`, in the time zone of the phone. */
export function dayFromNow(days: number): string {
  const day = new Date()
  day.setDate(day.getDate() + days)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
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
