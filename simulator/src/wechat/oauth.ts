import { randomBytes } from 'node:crypto'
import { createCodes, type Codes } from './codes'
import { Refusal } from './errors'
import { openidOf, unionidOf, type Person } from './people'

/** What a user can be asked for, by the kind of the app that asks. */
export const scopesOf = {
  /** An official account, in pages that WeChat's own browser shows (WeChat: 网页授权). */
  official: ['snsapi_base', 'snsapi_userinfo'],
  /** A website, by a code that WeChat scans (WeChat: 网站应用微信登录). */
  web: ['snsapi_login'],
  /** An app on a phone, by WeChat's SDK (WeChat: 移动应用微信登录). */
  mobile: ['snsapi_userinfo'],
} as const

export type Scope = (typeof scopesOf)[keyof typeof scopesOf][number]

/** An app that users sign in to with WeChat's OAuth; all belong to one open platform account. */
export interface OAuthApp {
  kind: keyof typeof scopesOf
  appId: string
  appSecret: string
  /** Host names that WeChat may lead back to, as entered in its console. Of no use to `mobile`. */
  domains?: readonly string[]
}

/** What a user has allowed an app. */
export interface Grant {
  app: OAuthApp
  person: Person
  scope: Scope
  /**
   * WeChat's browser has shown a snapshot of the page, since nobody had asked for it by a press: the
   * user behind the code does not exist (WeChat: 快照页).
   */
  isSnapshot: boolean
}

/** WeChat's OAuth on its servers. */
export interface OAuth {
  findApp(appId: string): OAuthApp | undefined
  /** A code that works once: for 5 minutes, where it is no official account's, for 10. */
  allow(grant: Grant): { code: string }
  /**
   * What `sns/oauth2/access_token` answers.
   * @throws Refusal 40002, 40013, 40125, 41002, 41004, 41008, and 40029 or 40163 for the code
   */
  exchange(query: (name: string) => string | undefined): { answer: object; person: Person }
}

const minute = 60_000
const life = { official: 5 * minute, web: 10 * minute, mobile: 10 * minute }
const tokenLife = 7_200

/** `now` is in ms. */
export function createOAuth(apps: readonly OAuthApp[], now: () => number): OAuth {
  const makeCode = () => `0${randomBytes(24).toString('base64url').slice(1)}`
  const codes = new Map<OAuthApp, Codes<Grant>>(
    apps.map((app) => [app, createCodes(makeCode, now, { life: life[app.kind] })]),
  )
  const codesOf = (app: OAuthApp) => codes.get(app)!
  const token = () => randomBytes(64).toString('base64url')

  function authenticate(query: (name: string) => string | undefined): OAuthApp {
    const [appId, secret] = [query('appid'), query('secret')]
    if (!appId) throw new Refusal(41002)
    if (!secret) throw new Refusal(41004)
    const app = apps.find((one) => one.appId === appId)
    if (!app) throw new Refusal(40013)
    if (app.appSecret !== secret) throw new Refusal(40125)
    return app
  }

  return {
    findApp: (appId) => apps.find((app) => app.appId === appId),

    allow: (grant) => ({ code: codesOf(grant.app).issue(grant) }),

    exchange(query) {
      const app = authenticate(query)
      if (query('grant_type') !== 'authorization_code') throw new Refusal(40002)
      const code = query('code')
      if (!code) throw new Refusal(41008)
      const redeemed = codesOf(app).redeem(code)
      if (redeemed.state !== 'good') throw new Refusal(redeemed.state === 'used' ? 40163 : 40029)
      const { person, scope, isSnapshot } = redeemed.owner
      // Of snapshots, these are made up, too.
      const name = isSnapshot ? `snapshot of ${code}` : person.name
      const hasUnionid = scope !== 'snsapi_base' && person.unionidVisibility === true
      const answer = {
        access_token: token(),
        expires_in: tokenLife,
        refresh_token: token(),
        openid: openidOf(app.appId, name),
        scope,
        ...(isSnapshot && { is_snapshotuser: 1 }),
        ...(hasUnionid && { unionid: unionidOf(name) }),
      }
      return { answer, person }
    },
  }
}
