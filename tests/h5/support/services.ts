import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildApp, type OAuthSetting } from '../../../scripts/build'
import { serveFiles } from '../../../scripts/serveFiles'
import { startStack } from '../../../scripts/stack'
import { makeFreshData } from '../../support/freshData'

/** One backend, and the app that talks to it, in a browser and as a mini-program. */
export interface Platforms {
  backend: string
  wechat: string
  oauth: OAuthSetting
  /** Where the H5 app is served. */
  site: string
  /** The compiled mini-program. */
  dist: string
}

declare module 'vitest' {
  interface ProvidedContext {
    platforms: Platforms
  }
}

/** Compiles each platform once. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = resolve('dist/h5')
  await rm(folder, { recursive: true, force: true })
  const dataDir = await mkdtemp(join(tmpdir(), 'watchword-h5-'))
  await cp(await makeFreshData(), dataDir, { recursive: true })
  const stack = await startStack({
    ...{ port: 0, wechatPort: 0, dataDir, logLevel: 'silent' },
    // Tests ask for one code after the other.
    smsResend: 'off',
  })
  const dist = join(folder, 'mp-weixin')
  const page = join(folder, 'h5')
  const apiBase = stack.backend.url
  // One after the other: two compilers at once take a gigabyte more.
  await buildApp('h5', { apiBase, oauth: stack.oauth, outDir: page })
  await buildApp('mp-weixin', { apiBase, outDir: dist })
  const site = await serveFiles(page)
  const { wechatUrl: wechat, oauth } = stack
  provide('platforms', { backend: apiBase, wechat, oauth, site: site.url, dist })
  return async () => {
    site.close()
    await stack.close()
    await rm(dataDir, { recursive: true })
  }
}
