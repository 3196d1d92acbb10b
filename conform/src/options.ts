import { parseArgs } from 'node:util'
import { areas } from './areas'
import type { Route, Routes } from './context'
import { askByCommand, askByHttp, type AskWeChat } from './people'
import type { RunOptions } from './run'
import { CannotRun } from './verdicts'

export const usage = `npm run conform -- <address of the backend> [options]

Checks whether a running backend keeps the wire contract of docs/protocol.md.
Exit code: 0 it does, 1 it does not, 2 not everything could be checked.

Where login codes come from, one of
  --wechat <url>            the stand-in for WeChat that the backend asks (default http://127.0.0.1:3100)
  --codes-url <url>         POST <url>/login-code {"person":"…"} → {"code":"…"}
  --codes-command <command> <command> login-code <person> prints a code

Routes of the backend, as 'POST /orders {"item":1}'; the method is GET if not given, none: there is none
  --guest-route             serves guests (default 'GET /services')
  --session-route           needs a session and nothing else (default 'GET /me')
  --phone-route             needs the phone number (default 'POST /bookings')
  --user-info-route         needs user info (default 'POST /coupons')
  --both-route              needs both (default none)

  --junit <file>            writes the results as JUnit XML too
  --skip <area or check>    leaves it out, such as cors or login/single-use; may be repeated
  --patience <seconds>      how long a check may wait for a session to end (default 0: such are skipped)
  --flood <number>          sends so many logins in order to meet a limit (default 0: skipped)
  --time-limit <seconds>    how long one request may take (default 10)
  --origin <origin>         where the pages of your H5 app are (default https://conform.example)
  --help, -h                prints this`

const hint = 'npm run conform -- --help lists the options'

/** What the command line asks for. */
export type Command =
  | { is: 'help' }
  | { is: 'run'; options: Omit<RunOptions, 'run'>; junit: string | undefined; codesFrom: string }

/** @throws CannotRun naming the argument at fault */
export function readCommand(args: string[]): Command {
  const { values, positionals } = parse(args)
  if (values.help) return { is: 'help' }
  const [address, ...more] = positionals
  if (address === undefined) throw new CannotRun(usage)
  if (more.length > 0) {
    throw new CannotRun(
      `put options with spaces in quotes; nothing reads ${more.join(' ')}. ${hint}`,
    )
  }
  const timeLimit = numberOf(values['time-limit'], '--time-limit') * 1000
  const { ask, codesFrom } = codesOf(values, timeLimit)
  const skip = values.skip ?? []
  const unknown = skip.filter((one) => !isKnown(one))
  if (unknown.length > 0) {
    const known = Object.keys(areas).join(', ')
    throw new CannotRun(
      `--skip: no area and no check is ${unknown.join(', ')}. The areas: ${known}`,
    )
  }
  return {
    is: 'run',
    junit: values.junit,
    codesFrom,
    options: {
      baseUrl: addressOf(address, 'the address of the backend'),
      routes: routesOf(values),
      ask,
      skip,
      timeLimit,
      patience: numberOf(values.patience, '--patience'),
      flood: numberOf(values.flood, '--flood'),
      origin: values.origin,
    },
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        wechat: { type: 'string' },
        'codes-url': { type: 'string' },
        'codes-command': { type: 'string' },
        'guest-route': { type: 'string', default: 'GET /services' },
        'session-route': { type: 'string', default: 'GET /me' },
        'phone-route': { type: 'string', default: 'POST /bookings' },
        'user-info-route': { type: 'string', default: 'POST /coupons' },
        'both-route': { type: 'string', default: 'none' },
        junit: { type: 'string' },
        skip: { type: 'string', multiple: true },
        patience: { type: 'string', default: '0' },
        flood: { type: 'string', default: '0' },
        'time-limit': { type: 'string', default: '10' },
        origin: { type: 'string', default: 'https://conform.example' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    const [fault = ''] = (error instanceof Error ? error.message : String(error)).split('. ')
    throw new CannotRun(`${fault}. ${hint}`, { cause: error })
  }
}

type Values = ReturnType<typeof parse>['values']

function codesOf(values: Values, timeLimit: number): { ask: AskWeChat; codesFrom: string } {
  const { wechat, 'codes-url': url, 'codes-command': command } = values
  if ([wechat, url, command].filter((one) => one !== undefined).length > 1) {
    throw new CannotRun('one of --wechat, --codes-url and --codes-command is enough')
  }
  if (command !== undefined) return { ask: askByCommand(command, timeLimit), codesFrom: command }
  if (url !== undefined) {
    const codesFrom = addressOf(url, '--codes-url')
    return { ask: askByHttp(codesFrom, timeLimit), codesFrom }
  }
  const codesFrom = addressOf(wechat ?? 'http://127.0.0.1:3100', '--wechat')
  return { ask: askByHttp(`${codesFrom}/_control`, timeLimit), codesFrom }
}

function routesOf(values: Values): Routes {
  const session = routeOf(values['session-route'], '--session-route')
  if (!session) throw new CannotRun('--session-route is needed')
  return {
    guest: routeOf(values['guest-route'], '--guest-route'),
    session,
    phone: routeOf(values['phone-route'], '--phone-route'),
    userInfo: routeOf(values['user-info-route'], '--user-info-route'),
    both: routeOf(values['both-route'], '--both-route'),
  }
}

function routeOf(text: string, flag: string): Route | undefined {
  if (text === 'none') return undefined
  const [, method = 'GET', path, body] = /^(?:([A-Z]+) )?(\/\S*)(?: (.+))?$/s.exec(text) ?? []
  if (path === undefined) {
    throw new CannotRun(`${flag} must be a route such as 'POST /orders {"item":1}', not ${text}`)
  }
  try {
    return { method, path, ...(body !== undefined && { json: JSON.parse(body) as unknown }) }
  } catch (error) {
    throw new CannotRun(`${flag}: ${body} is not JSON`, { cause: error })
  }
}

function addressOf(text: string, what: string): string {
  const isAddress = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
  // Paths follow it.
  if (!isAddress || /[?#]/.test(text))
    throw new CannotRun(`${what} must be such as http://localhost:8080, not ${text}`)
  return text.replace(/\/+$/, '')
}

function numberOf(text: string, flag: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new CannotRun(`${flag} must be a whole number, not ${text}`)
}

function isKnown(skipped: string): boolean {
  const [area = '', check] = skipped.split('/')
  const checks = Object.hasOwn(areas, area) ? areas[area]?.checks : undefined
  return checks !== undefined && (check === undefined || Object.hasOwn(checks, check))
}
