import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify, stripVTControlCharacters } from 'node:util'
import { anyFreePort } from '../../support/ports'
import { codeOf, compile, readDevDependencies, runIn, uni } from './compile'

/** A uni-app project as the CLI makes it, with the package and the README's lines in it. */
export interface FreshApp {
  folder: string
  /** Compiles it. Resolves to the folder; rejects with what uni said. */
  build(platform: 'mp-weixin' | 'h5', apiBase: string): Promise<string>
  /** Starts the development server of H5. Resolves to its address, once it serves. */
  serve(apiBase: string): Promise<string>
  /** What vue-tsc finds, with these options beside those of the app. */
  typeErrors(...options: string[]): Promise<string>
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

  let server: ChildProcess | undefined

  return {
    folder: app,
    build: (platform, apiBase) => compile(app, platform, apiBase),
    async serve(apiBase) {
      const port = String(await anyFreePort())
      const args = [resolve('node_modules', uni), '-p', 'h5', '--host', '127.0.0.1']
      server = spawn(process.execPath, [...args, '--port', port], {
        cwd: app,
        // With VITEST set, uni-app serves a Vue that no browser reads (uni-h5-vite, resolveId.js).
        env: { ...process.env, VITEST: '', NODE_ENV: 'development', VITE_API_BASE: apiBase },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ended = once(server, 'close').then(() => undefined)
      const served = new Promise<string>((serves) => {
        createInterface({ input: server!.stdout! }).on('line', (line) => {
          const address = /(http:\S+)/.exec(stripVTControlCharacters(line))?.[1]
          if (address) serves(address)
        })
      })
      const address = await Promise.race([served, ended])
      if (!address) throw new Error('the development server ended')
      return address
    },
    async typeErrors(...options) {
      const checked = runIn(app, 'vue-tsc/bin/vue-tsc.js', options)
      return (await checked.catch((error: { stdout: string }) => error)).stdout
    },
    async remove() {
      if (server?.kill()) await once(server, 'close')
      await rm(app, { recursive: true })
    },
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
  const devDependencies = await readDevDependencies()
  await writeFile(manifest, JSON.stringify({ ...installed, devDependencies }))
}

/** Keeps the pages that the app has already. */
async function addReadmesLines(app: string): Promise<void> {
  const code = await codeOf('README.md')
  const pages = JSON.parse(code.get('src/pages.json') ?? '') as { pages: { path: string }[] }
  pages.pages.push({ path: 'pages/plain/plain' }, { path: 'pages/entries/entries' })
  code.set('src/pages.json', JSON.stringify(pages))
  for (const [path, text] of code) {
    await mkdir(dirname(join(app, path)), { recursive: true })
    await writeFile(join(app, path), text)
  }
}
