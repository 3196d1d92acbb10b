import type { Context } from 'hono'
import type { Origin } from '../startSession'
import type { AppEnv } from './answer'

/** In this order: the name of an Android phone also has that of Linux. */
const systems: [name: string, pattern: RegExp][] = [
  ['HarmonyOS', /OpenHarmony|HarmonyOS/],
  ['Android', /Android/],
  ['iOS', /iPhone|iPad|iPod/],
  ['Windows', /Windows/],
  ['macOS', /Macintosh|Mac OS X/],
  ['Linux', /Linux/],
]

/** In this order: most name those that they descend from, too. */
const browsers: [name: string, pattern: RegExp][] = [
  ['WeChat', /MicroMessenger/],
  ['Edge', /Edg(e|A|iOS)?\//],
  ['Opera', /OPR\//],
  ['Samsung Internet', /SamsungBrowser/],
  ['Firefox', /Firefox|FxiOS/],
  ['Chrome', /Chrome|CriOS/],
  ['Safari', /Safari/],
]

/** A browser with its system, such as `Edge, Windows`, as far as they are known. */
export function browserOf(c: Context<AppEnv>): string | undefined {
  return [nameOf(c, browsers), originOf(c).system].filter(Boolean).join(', ') || undefined
}

/** Where a login comes from, as the user is to recognise it. */
export function originOf(c: Context<AppEnv>): Origin {
  return { address: c.get('address'), system: nameOf(c, systems) }
}

function nameOf(c: Context, named: [name: string, pattern: RegExp][]): string | undefined {
  const userAgent = c.req.header('User-Agent') ?? ''
  return named.find(([, pattern]) => pattern.test(userAgent))?.[0]
}
