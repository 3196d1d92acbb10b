import { z } from 'zod'

/** The apps other than the mini-program that people sign in to with WeChat. */
export const oauthProviders = ['wechat-official', 'wechat-web', 'wechat-app'] as const

/** See `oauthProviders`. */
export type OAuthProvider = (typeof oauthProviders)[number]

/** An app at WeChat, with its secret. */
export interface OAuthApp {
  appId: string
  appSecret: string
}

/** Those that are set up. */
export type OAuthApps = Partial<Record<OAuthProvider, OAuthApp>>

const envVersions = ['release', 'trial', 'develop'] as const

/** What a mini-program code opens that signs a browser in. */
export interface ScanCodeConfig {
  /** A page of the mini-program, without a slash in front. */
  page: string
  /** Whether the page has to be in the version that is published. */
  checkPath: boolean
  envVersion: (typeof envVersions)[number]
}

const variablesOf = {
  'wechat-official': ['WECHAT_OFFICIAL_APP_ID', 'WECHAT_OFFICIAL_APP_SECRET'],
  'wechat-web': ['WECHAT_WEB_APP_ID', 'WECHAT_WEB_APP_SECRET'],
  'wechat-app': ['WECHAT_MOBILE_APP_ID', 'WECHAT_MOBILE_APP_SECRET'],
} as const satisfies Record<OAuthProvider, readonly [string, string]>

const optional = z.string().optional()

export const signInVariables = {
  WECHAT_OFFICIAL_APP_ID: optional,
  WECHAT_OFFICIAL_APP_SECRET: optional,
  WECHAT_WEB_APP_ID: optional,
  WECHAT_WEB_APP_SECRET: optional,
  WECHAT_MOBILE_APP_ID: optional,
  WECHAT_MOBILE_APP_SECRET: optional,
  WECHAT_SCAN_PAGE: z
    .string()
    .regex(/^[^/?#][^?#]*$/, 'must be a page without / in front and without a query')
    .optional(),
  WECHAT_SCAN_CHECK_PATH: z
    .enum(['true', 'false'], { error: 'must be true or false' })
    .default('true')
    .transform((text) => text === 'true'),
  WECHAT_SCAN_ENV_VERSION: z
    .enum(envVersions, { error: `must be one of ${envVersions.join(', ')}` })
    .default('release'),
}

type SignInVariables = z.output<z.ZodObject<typeof signInVariables>>

/** Adds a fault for each app that lacks its id or its secret. */
export function checkSignIn(data: SignInVariables, context: z.RefinementCtx): void {
  for (const [id, secret] of Object.values(variablesOf)) {
    for (const [missing, other] of [
      [id, secret],
      [secret, id],
    ] as const) {
      if (data[missing] || !data[other]) continue
      const message = `is missing, without which ${other} is of no use`
      context.addIssue({ code: 'custom', path: [missing], message })
    }
  }
}

export function oauthAppsOf(data: SignInVariables): OAuthApps {
  return Object.fromEntries(
    oauthProviders.flatMap((provider) => {
      const [id, secret] = variablesOf[provider]
      const [appId, appSecret] = [data[id], data[secret]]
      return appId && appSecret ? [[provider, { appId, appSecret }]] : []
    }),
  )
}

export function scanCodeOf(data: SignInVariables): ScanCodeConfig | undefined {
  return data.WECHAT_SCAN_PAGE === undefined
    ? undefined
    : {
        page: data.WECHAT_SCAN_PAGE,
        checkPath: data.WECHAT_SCAN_CHECK_PATH,
        envVersion: data.WECHAT_SCAN_ENV_VERSION,
      }
}
