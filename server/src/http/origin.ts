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

/** Where a login comes from, as the user is to recognise it. */
export function originOf(c: Context<AppEnv>): Origin {
  const userAgent = c.req.header('User-Agent') ?? ''
  const [system] = systems.find(([, pattern]) => pattern.test(userAgent)) ?? []
  return { address: c.get('address'), system }
}
