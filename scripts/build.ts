import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** WeChat's OAuth in the H5 app. */
export interface OAuthSetting {
  officialAppId: string
  webAppId: string
  /** Where the pages are that ask. */
  pages: string
}

/**
 * Compiles the uni-app project at the repository's root, or a copy of it; a mini-program with source
 * maps, in `.sourcemap` beside `outDir`. @throws Error with what uni said
 */
export async function buildApp(
  platform: 'mp-weixin' | 'h5',
  options: { apiBase: string; outDir: string; oauth?: OAuthSetting; project?: string },
): Promise<void> {
  const { apiBase, outDir, oauth, project = '.' } = options
  const maps = platform === 'mp-weixin' ? ['--sourcemap'] : []
  const child = spawn(process.execPath, ['scripts/uni.mjs', 'build', '-p', platform, ...maps], {
    cwd: project,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      VITE_API_BASE: apiBase,
      ...(oauth && {
        VITE_WECHAT_OFFICIAL_APP_ID: oauth.officialAppId,
        VITE_WECHAT_WEB_APP_ID: oauth.webAppId,
        VITE_WECHAT_PAGES: oauth.pages,
      }),
      UNI_OUTPUT_DIR: outDir,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  child.stderr.on('data', (text) => (output += text))
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  if (code === 0) return
  throw new Error(`${output.trim()}\n\nthe build for ${platform} failed (${signal ?? code})`)
}
