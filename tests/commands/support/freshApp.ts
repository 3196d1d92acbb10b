import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

/** What `npm pack` says of a tarball. */
export interface Packed {
  filename: string
  /** In bytes. */
  size: number
  files: { path: string }[]
}

/** A uni-app project as the CLI makes it, with the package and the README's lines in it. */
export interface FreshApp {
  packed: Packed
  /** Compiles for mp-weixin. Resolves to the folder; rejects with what uni said. */
  build(apiBase: string): Promise<string>
  /** The same, without this line under `easycom` in `src/pages.json`. */
  buildWithout(line: string, apiBase: string): Promise<string>
  /** What vue-tsc finds. */
  typeErrors(): Promise<string>
}

const run = promisify(execFile)

/** Packs, installs as a user does, and adds what the README says. `folder` is to be empty. */
export async function createFreshApp(folder: string): Promise<FreshApp> {
  const app = join(folder, 'app')
  await cp(resolve('tests/commands/fixtures/app'), app, { recursive: true })
  const packed = await installTarball(folder, app)
  await addReadmesLines(app)

  const inApp = (program: string, args: string[], env: Record<string, string> = {}) =>
    run(process.execPath, [join(folder, 'node_modules', program), ...args], {
      cwd: app,
      env: { ...process.env, ...env },
    })
  async function build(apiBase: string, outDir: string): Promise<string> {
    await inApp('@dcloudio/vite-plugin-uni/bin/uni.js', ['build', '-p', 'mp-weixin'], {
      NODE_ENV: 'production',
      VITE_API_BASE: apiBase,
      UNI_OUTPUT_DIR: outDir,
    })
    return outDir
  }

  return {
    packed,
    build: (apiBase) => build(apiBase, join(app, 'dist/build/mp-weixin')),
    async buildWithout(line, apiBase) {
      const file = join(app, 'src/pages.json')
      const pages = await readFile(file, 'utf8')
      const { easycom, ...rest } = JSON.parse(pages) as { easycom: { custom: object } }
      const custom = Object.entries(easycom.custom).filter(([pattern]) => pattern !== line)
      await writeFile(
        file,
        JSON.stringify({ ...rest, easycom: { custom: Object.fromEntries(custom) } }),
      )
      try {
        return await build(apiBase, join(app, 'dist/without/mp-weixin'))
      } finally {
        await writeFile(file, pages)
      }
    },
    async typeErrors() {
      const checked = inApp('vue-tsc/bin/vue-tsc.js', [])
      return (await checked.catch((error: { stdout: string }) => error)).stdout
    },
  }
}

/**
 * The app finds all other packages where this repository has them, so that nothing is downloaded;
 * npm would, if package.json named them before the installation.
 */
async function installTarball(folder: string, app: string): Promise<Packed> {
  await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'junction')
  const { stdout } = await npm(process.cwd(), 'pack', '--json', '--pack-destination', folder)
  const packed = (JSON.parse(stdout) as Packed[])[0]!
  const manifest = join(app, 'package.json')
  await writeFile(manifest, '{ "name": "app", "private": true }')
  await npm(app, 'install', '--offline', '--legacy-peer-deps', join(folder, packed.filename))
  const installed = JSON.parse(await readFile(manifest, 'utf8')) as object
  // uni-app looks here for its own packages.
  const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
    devDependencies: object
  }
  await writeFile(manifest, JSON.stringify({ ...installed, devDependencies }))
  return packed
}

function npm(cwd: string, ...args: string[]) {
  return run('npm', args, { cwd, shell: process.platform === 'win32' })
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
