import { en } from './en'
import type { Texts } from './texts'
import { zhHans } from './zhHans'

/** Chinese where the system's language is, English elsewhere. */
export function textsFor(env: Record<string, string | undefined>, systemLocale: string): Texts {
  // The order of POSIX. Windows sets none of them.
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || systemLocale
  return /^zh/i.test(locale) ? zhHans : en
}
