import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { isObject } from './exchange'
import type { Secrets } from './secrets'
import { CannotRun, Skipped } from './verdicts'

/** What WeChat hands to a mini-program for a person, by the names of the stand-in's controls. */
export type Kind = 'login-code' | 'phone-code' | 'phone-data' | 'user-info' | 'person'

/**
 * Asks for something of WeChat's; undefined where whoever answers does not have it. `faults` sets a
 * fault of WeChat's, and without a body ends all.
 */
export type AskWeChat = (
  kind: Kind | 'faults',
  body?: Record<string, unknown>,
) => Promise<Record<string, unknown> | undefined>

/** Invented WeChat users whom the backend has not seen before. */
export interface People {
  /** With `encrypted`, WeChat shows the backend the unionid only inside of user info. */
  invent(options?: { unionid?: 'encrypted' }): Promise<Person>
  /** Does it while WeChat fails at the next login so. Rejects with Skipped where nobody can be asked. */
  disturbed<T>(fault: { errcode: number } | { drop: true }, act: () => Promise<T>): Promise<T>
  /** Whether a text holds an openid, unionid or phone number of somebody invented so far. */
  secretIn(text: string): string | undefined
}

export interface Person {
  /** Undefined where nobody says. */
  phoneNumber: string | undefined
  loginCode(): Promise<string>
  phoneCode(): Promise<string>
  phoneData(): Promise<Record<string, unknown>>
  userInfo(): Promise<Record<string, unknown>>
}

/** `ask` is WeChat or its stand-in; `run` makes the names of this run its own. */
export function createPeople(ask: AskWeChat, run: string, secrets: Secrets): People {
  const facts = new Map<string, string>()
  let invented = 0

  return {
    async invent({ unionid } = {}) {
      const person = `conform-${run}-${++invented}`
      const known = await ask('person', { person, ...(unionid && { unionid }) })
      for (const name of ['openid', 'unionid', 'phoneNumber']) {
        const value = known?.[name]
        if (typeof value !== 'string') continue
        facts.set(value, name)
        secrets.add(name, value)
      }
      async function get(kind: Kind): Promise<Record<string, unknown>> {
        const answer = await ask(kind, { person })
        if (!answer) throw new Skipped(`no ${kind} is to be had for an invented person`)
        for (const [name, value] of Object.entries(answer)) secrets.add(`${kind} ${name}`, value)
        return answer
      }
      const code = async (kind: Kind) => String((await get(kind)).code)
      const { phoneNumber } = known ?? {}
      return {
        phoneNumber: typeof phoneNumber === 'string' ? phoneNumber : undefined,
        loginCode: () => code('login-code'),
        phoneCode: () => code('phone-code'),
        phoneData: () => get('phone-data'),
        userInfo: () => get('user-info'),
      }
    },

    async disturbed(fault, act) {
      const body = { endpoint: 'jscode2session', times: 1, ...fault }
      if (!(await ask('faults', body))) {
        throw new Skipped('only the stand-in for WeChat can be disturbed')
      }
      try {
        return await act()
      } finally {
        await ask('faults')
      }
    },

    secretIn: (text) => [...facts].find(([value]) => text.includes(value))?.[1],
  }
}

/**
 * Asks by `POST <url>/<kind>` with `{ person }`, as the stand-in's `/_control` answers it. 404 means
 * that there is no such thing.
 */
export function askByHttp(url: string, timeLimit: number): AskWeChat {
  return async (kind, body) => {
    const address = `${url}/${kind}`
    const response = await fetch(address, {
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : { method: 'DELETE' }),
      headers: { 'Content-Type': 'application/json' },
      signal: AbortSignal.timeout(timeLimit),
    }).catch((error: unknown) => {
      throw new CannotRun(`${address} does not answer`, { cause: error })
    })
    const text = await response.text()
    if (response.status === 404 && kind !== 'login-code') return undefined
    if (!response.ok) throw new CannotRun(`${address} was answered ${response.status}`)
    return readReply(text, address)
  }
}

const execute = promisify(execFile)

/**
 * Asks a command: it gets the kind and the person as its last arguments, and prints a code, or JSON.
 * For what it does not know, other than login codes, it exits with a status other than 0.
 */
export function askByCommand(command: string, timeLimit: number): AskWeChat {
  return async (kind, body) => {
    if (kind === 'faults') return undefined
    try {
      const line = `${command} ${kind} ${String(body?.person)}`
      const { stdout } = await execute(line, { shell: true, timeout: timeLimit })
      return readReply(stdout, command)
    } catch (error) {
      if (error instanceof CannotRun) throw error
      if (kind !== 'login-code') return undefined
      throw new CannotRun(`the command gave no login code: ${command}`, { cause: error })
    }
  }
}

/** JSON, or the text of a code. */
function readReply(text: string, source: string): Record<string, unknown> {
  const trimmed = text.trim()
  if (trimmed === '') throw new CannotRun(`${source} answers nothing`)
  if (!trimmed.startsWith('{')) return { code: trimmed }
  try {
    const reply: unknown = JSON.parse(trimmed)
    if (isObject(reply)) return reply
  } catch {
    // The same as JSON of another kind.
  }
  throw new CannotRun(`${source} answers neither a code nor a JSON object`)
}
