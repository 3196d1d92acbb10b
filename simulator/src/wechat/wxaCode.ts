/** The versions of a mini-program that a code can open. */
export const envVersions = ['release', 'trial', 'develop'] as const

/** A mini-program code, which is valid for ever, as WeChat's are. */
export interface WxaCode {
  /** Without a slash in front; empty for the first page. */
  page: string
  scene: string
  envVersion: (typeof envVersions)[number]
  /** When it was made, in ms since 1970. */
  at: number
}
