import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

/** A uni-app project as the CLI makes it, with the package and the README's lines in it. */
export interface FreshApp {
  folder: string
  /** Compiles for mp-weixin. Resolves to the folder; rejects with what uni said. */
  build(apiBase: string): Promise<string>
  /** What vue-tsc finds. */
  typeErrors(): Promise<string>
  remove(): Promise<void>
}

const run = promisify(execFile)

/** Installs the package as a user does, and adds what the README says. */
export async function createFreshApp(tarball: string): Promise<FreshApp> {
  // The app finds all other packages where this repository has them, so that nothing is downloaded.
  await mkdir('dist', { recursive: true })
  const app = resolve(await mkdtemp('dist/app-'))
  await cp('tests/commands/fixtures/app', app, { recursive: true })
  await installTarball(tarball, app)
  await addReadmesLines(app)

  const inApp = (program: string, args: string[], env: Record<string, string> = {}) =>
    run(process.execPath, [resolve('node_modules', program), ...args], {
      cwd: app,
      env: { ...process.env, ...env },
    })
  return {
    folder: app,
    async build(apiBase) {
      await inApp('@dcloudio/vite-plugin-uni/bin/uni.js', ['build', '-p', 'mp-weixin'], {
        NODE_ENV: 'production',
        VITE_API_BASE: apiBase,
      })
      return join(app, 'dist/build/mp-weixin')
    },
    async typeErrors() {
      const checked = inApp('vue-tsc/bin/vue-tsc.js', [])
      return (await checked.catch((error: { stdout: string }) => error)).stdout
    },
    remove: () => rm(app, { recursive: true }),
  }
}

async function installTarball(tarball: string, app: string): Promise<void> {
  const manifest = join(app, 'package.json')
  // With the other packages in it, npm would download them.
  await writeFile(manifest, '{ "name": "app", "private": true }')
  await run('npm', ['install', '--offline', '--legacy-peer-deps', tarball], {
    cwd: app,
    shell: process.platform === 'win32',
  })
  const installed = JSON.parse(await readFile(manifest, 'utf8')) as object
  // uni-app looks here for its own packages.
  const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
    devDependencies: object
  }
  await writeFile(manifest, JSON.stringify({ ...installed, devDependencies }))
}

/** Keeps the page that the app has already. */
async function addReadmesLines(app: string): Promise<void> {
  const code = await codeOf('README.md')
  const pages = JSON.parse(code.get('src/pages.json') ?? '') as { pages: { path: string }[] }
  pages.pages.push({ path: 'pages/plain/plain' })
  code.set('src/pages.json', JSON.stringify(pages))
  for (const [path, text] of code) {
    await mkdir(dirname(join(app, path)), { recursive: true })
    await writeFile(join(app, path), text)
  }
}

/** The code blocks that begin with a file's name in a comment, by that name. */
export async function codeOf(readme: string): Promise<Map<string, string>> {
  const blocks = (await readFile(readme, 'utf8')).matchAll(
    /^```\w+\n(?:\/\/|<!--) (src\/\S+)(?: -->)?\n(.*?)^```$/gms,
  )
  return new Map([...blocks].map(([, path, text]) => [path!, text!]))
}
