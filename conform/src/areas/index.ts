import type { Area } from '../check'
import { avatar } from './avatar'
import { bodies } from './bodies'
import { cors } from './cors'
import { ending } from './ending'
import { freshLogins } from './freshLogins'
import { guest } from './guest'
import { limits } from './limits'
import { login } from './login'
import { otherWays } from './otherWays'
import { ownWays } from './ownWays'
import { problems } from './problems'
import { prompts } from './prompts'
import { replacement } from './replacement'
import { scans } from './scans'
import { sessions } from './sessions'
import { tokenState } from './tokenState'
import { unauthorized } from './unauthorized'
import { versions } from './versions'

/** All checks, in the order in which they run: those that let time pass, or meet limits, come last. */
export const areas: Record<string, Area> = {
  guest,
  login,
  unauthorized,
  'token-state': tokenState,
  prompts,
  versions,
  avatar,
  bodies,
  problems,
  cors,
  'other-ways': otherWays,
  sessions,
  'own-ways': ownWays,
  scans,
  'fresh-logins': freshLogins,
  replacement,
  ending,
  limits,
}
