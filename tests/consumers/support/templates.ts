import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A project that others publish for people to begin theirs with. */
export interface Template {
  name: string
  repository: string
  commit: string
  /** Where it keeps its environment. */
  envFile: string
  /** Makes of its sources what its users begin with. */
  prepare?(project: string): Promise<void>
  /** Whether its plugins write `pages.json`, and types, while it is compiled for the first time. */
  isGenerated: boolean
}

/** https://uniapp.dcloud.net.cn/quickstart-cli.html names this one for TypeScript: branch `vite-ts`. */
export const uniPreset: Template = {
  name: 'uni-preset-vue',
  repository: 'https://github.com/dcloudio/uni-preset-vue',
  commit: '4a3606f568768b5e2f6491ab79250aac4fbc20cc',
  envFile: '.env',
  isGenerated: false,
}

/** Branch `base`: what `pnpm create unibest` makes if nothing is chosen. */
export const unibest: Template = {
  name: 'unibest',
  repository: 'https://github.com/feige996/unibest',
  commit: 'f8cb3252a87928cbed58794c5d19d59ec3f18a4f',
  envFile: 'env/.env',
  async prepare(project) {
    await editManifest(project, (manifest) => {
      // pnpm would download the version of itself that this names.
      delete manifest.packageManager
      for (const packages of [manifest.dependencies, manifest.devDependencies])
        for (const name of Object.keys(packages)) if (unneeded.test(name)) delete packages[name]
    })
    // Its script `prepare` runs this.
    await run(process.execPath, ['scripts/create-base-files.js'], { cwd: project })
  },
  isGenerated: true,
}

/** What no command that is tried here runs: there is that much less to download. */
const unneeded = /changesets|commitlint|eslint|husky|lint-staged|miniprogram-ci|openapi-ts-request/

/** All of uni-app's packages that have this version; uni-app-plus is missing at many. */
const APP_VERSION = '3.0.0-5020420260813003'
const missingForApp = /^@dcloudio\/uni-(mp|quickapp|app-harmony)/

/** The same template with packages that compile for the App platform. */
export const uniPresetForApp: Template = {
  ...uniPreset,
  name: 'uni-preset-vue for App',
  prepare: (project) =>
    editManifest(project, ({ dependencies, devDependencies }) => {
      for (const packages of [dependencies, devDependencies])
        for (const name of Object.keys(packages)) {
          if (missingForApp.test(name)) delete packages[name]
          else if (/^@dcloudio\/(uni|vite)-/.test(name)) packages[name] = APP_VERSION
        }
      // Their peers, exact.
      devDependencies['@dcloudio/types'] = '3.4.31'
    }),
}

const run = promisify(execFile)

/** GitHub cannot be reached from here. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
}

/** Puts the template's sources into the folder. @throws UnreachableError */
export async function downloadTemplate(
  { repository, commit }: Template,
  folder: string,
): Promise<void> {
  await mkdir(folder)
  const git = (...args: string[]) =>
    run('git', args, { cwd: folder, env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } })
  await git('init', '--quiet')
  try {
    await git('fetch', '--quiet', '--depth=1', repository, commit)
  } catch (error) {
    const { stderr } = error as { stderr: string }
    if (!stderr.includes('unable to access')) throw error
    throw new UnreachableError(stderr.trim(), { cause: error })
  }
  await git('checkout', '--quiet', 'FETCH_HEAD')
  await rm(join(folder, '.git'), { recursive: true })
}

interface Manifest {
  packageManager?: string
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

async function editManifest(project: string, edit: (manifest: Manifest) => void): Promise<void> {
  const file = join(project, 'package.json')
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest
  edit(manifest)
  await writeFile(file, JSON.stringify(manifest, null, 2))
}
