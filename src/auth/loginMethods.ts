import type { Challenge } from './challenge'
import type { LoginMethod } from './types'

const METHODS: readonly LoginMethod[] = ['sms', 'password', 'scan', 'wechat']

/** How users can sign in, as a `Bearer` challenge names it, as far as it is known here. */
export function methodsIn(challenge: Challenge | undefined): LoginMethod[] | undefined {
  const named = challenge?.params.methods?.split(' ')
  return named && METHODS.filter((method) => named.includes(method))
}
