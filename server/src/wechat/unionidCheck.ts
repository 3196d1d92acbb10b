import type { Logger } from '../log'

const sources = ['login', 'userInfo'] as const

/** Where WeChat sends a user's unionid: at login, and in the data of the getUserInfo button. */
export type UnionidSource = (typeof sources)[number]

/** To be called with what WeChat has sent about a user of an app: a unionid, or none. */
export type ObserveUnionid = (
  appId: string,
  source: UnionidSource,
  unionid: string | undefined,
) => void

/**
 * Warns once for an app when unionids are missing everywhere. WeChat sends none to a mini-program that is not
 * bound to an open platform account (WeChat: UnionID 机制说明), and routes that need user info then
 * challenge every request, whatever the user agrees to. Both sources must have lacked it: one
 * answer proves nothing.
 */
export function createUnionidCheck(log: Logger): ObserveUnionid {
  const apps = new Map<string, Set<UnionidSource> | 'settled'>()

  return (appId, source, unionid) => {
    const missingFrom = apps.get(appId) ?? new Set()
    if (missingFrom === 'settled') return
    if (unionid !== undefined) {
      apps.set(appId, 'settled')
      return
    }
    apps.set(appId, missingFrom.add(source))
    if (missingFrom.size < sources.length) return
    apps.set(appId, 'settled')
    log.warn(
      { appId },
      'WeChat sends no unionid, neither at login nor in user info, so requests that need one get ' +
        '401 again and again: bind the mini-program to the WeChat Open Platform, see ' +
        'https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/union-id.html',
    )
  }
}
