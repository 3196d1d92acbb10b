import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Compiles the uni-app project at the repository's root; a mini-program with source maps, in
 * `.sourcemap` beside `outDir`. @throws Error with what uni said
 */
export async function buildApp(
  platform: 'mp-weixin' | 'h5',
  options: { apiBase: string; outDir: string },
): Promise<void> {
  const maps = platform === 'mp-weixin' ? ['--sourcemap'] : []
  const child = spawn(process.execPath, ['scripts/uni.mjs', 'build', '-p', platform, ...maps], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      VITE_API_BASE: options.apiBase,
      UNI_OUTPUT_DIR: options.outDir,
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
