import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildApp } from '../../../scripts/build'
import { startStack } from '../../../scripts/stack'
import { makeFreshData } from '../../support/freshData'

/** A backend, WeChat's stand-in that it talks to, and the mini-program compiled for it. */
export interface Services {
  backend: string
  wechat: string
  dist: string
}

/** What the backend asks users for. */
export type UserInfoPolicy = 'unionid' | 'profile'

declare module 'vitest' {
  interface ProvidedContext {
    services: Record<UserInfoPolicy, Services>
  }
}

/** The backend's address in the mini-program that is compiled once for all backends. */
const placeholder = 'http://127.0.0.1:65535'

const policies: readonly UserInfoPolicy[] = ['unionid', 'profile']

/** Starts, once for all end-to-end tests, what takes long: databases and compiler. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { services, close } = await startServices(resolve('dist/e2e'))
  provide('services', services)
  return () => close()
}

/** The databases' directories, one for each policy. */
type DataDirs = Record<UserInfoPolicy, string>

export interface RunningServices {
  services: Record<UserInfoPolicy, Services>
  /** @param inspect may look at the databases, which nobody has open any more, before they go */
  close(inspect?: (dataDirs: DataDirs) => Promise<void>): Promise<void>
}

/** `folder` is for the compiled apps, and is emptied before. */
export async function startServices(folder: string): Promise<RunningServices> {
  await rm(folder, { recursive: true, force: true })
  const compiled = join(folder, 'compiled')
  const [stacks] = await Promise.all([
    startStacks(),
    buildApp('mp-weixin', { apiBase: placeholder, outDir: join(compiled, 'mp-weixin') }),
  ])
  const services = await Promise.all(
    stacks.all.map(async ({ backend, wechatUrl }, index) => {
      const app = join(folder, policies[index]!)
      await copyFor({ from: placeholder, to: backend.url }, compiled, app)
      return { backend: backend.url, wechat: wechatUrl, dist: join(app, 'mp-weixin') }
    }),
  )
  return {
    services: { unionid: services[0]!, profile: services[1]! },
    close: stacks.close,
  }
}

/** One for each policy, with nobody known to it. */
async function startStacks() {
  const fresh = await makeFreshData()
  const folder = await mkdtemp(join(tmpdir(), 'watchword-e2e-'))
  const dataDirs = { unionid: join(folder, 'unionid'), profile: join(folder, 'profile') }
  const all = await Promise.all(
    policies.map(async (userInfoPolicy) => {
      const dataDir = dataDirs[userInfoPolicy]
      await cp(fresh, dataDir, { recursive: true })
      const options = { dataDir, logLevel: 'silent', userInfoPolicy, smsResend: 'off' } as const
      return startStack({ port: 0, wechatPort: 0, ...options })
    }),
  )
  return {
    all,
    async close(inspect?: (dataDirs: DataDirs) => Promise<void>) {
      await Promise.all(all.map((stack) => stack.close()))
      await inspect?.(dataDirs)
      await rm(folder, { recursive: true })
    },
  }
}

/** Compiling the app again takes longer than putting in another address. */
export async function copyFor(
  { from, to }: { from: string; to: string },
  compiled: string,
  app: string,
): Promise<void> {
  await cp(compiled, app, { recursive: true })
  for (const file of await readdir(app, { recursive: true })) {
    if (!file.endsWith('.js')) continue
    const code = await readFile(join(app, file), 'utf8')
    if (code.includes(from)) await writeFile(join(app, file), code.replaceAll(from, to))
  }
}
