import { HttpError } from 'watchword'
import { startOAuth } from 'watchword/sign-in'
import { auth } from './auth'
import { wechatOAuth } from './wechatOAuth'
import { takeAddition, type AddingPage } from './wechatReturn'

/** WeChat as a way in for somebody who is signed in already. */
export interface WechatAddition {
  /** Whether this browser can ask WeChat. */
  readonly canAsk: boolean
  /** Whether WeChat has just led back to this page: `finish` it. */
  readonly isReturning: boolean
  /** Leaves for WeChat, which leads back to this page. */
  ask(): void
  /**
   * `taken`: the WeChat user belongs to another account; `refused`: WeChat did not confirm them.
   * Rejects like a request.
   */
  finish(): Promise<'added' | 'taken' | 'refused'>
}

/** Call it once, in the `setup` of the page. */
export function createWechatAddition(page: AddingPage): WechatAddition {
  const oauth = wechatOAuth()
  const credentials = takeAddition(page)

  return {
    canAsk: oauth !== undefined,
    isReturning: credentials !== undefined,
    ask: () => oauth && startOAuth({ ...oauth, page }),
    async finish() {
      if (!credentials) return 'refused'
      try {
        await auth.request<void>({ url: '/auth/ways', method: 'POST', data: credentials })
        return 'added'
      } catch (error) {
        const { status } = error instanceof HttpError ? error : {}
        if (status === 409) return 'taken'
        if (status === 422) return 'refused'
        throw error
      }
    },
  }
}
