import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { lockedPackagesOf } from './lockfile'

const workspace = 'server'

/**
 * Writes the backend as a folder that runs on another machine: after `npm ci --omit=dev` in it, start
 * `node dist/main.js`. It has a file for each of the sources, by the same name, so that the stacks
 * in its log name the sources.
 */
export async function writeServer(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeJavaScript(join(folder, 'dist'))
  await writeManifests(folder)
  for (const name of ['drizzle', 'Dockerfile', '.dockerignore'])
    await cp(join(workspace, name), join(folder, name), { recursive: true })
  await cp('LICENSE', join(folder, 'LICENSE'))
}

async function writeJavaScript(outdir: string): Promise<void> {
  const files = await readdir(join(workspace, 'src'), { recursive: true, encoding: 'utf8' })
  await build({
    entryPoints: files
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(workspace, 'src', file)),
    outbase: join(workspace, 'src'),
    outdir: resolve(outdir),
    bundle: true,
    packages: 'external',
    plugins: [
      {
        name: 'files-beside-each-other',
        setup({ onResolve }) {
          // Node finds no module without its extension.
          onResolve({ filter: /^\.\.?\// }, ({ kind, path }) =>
            kind === 'entry-point' ? undefined : { path: `${path}.js`, external: true },
          )
        },
      },
    ],
    format: 'esm',
    platform: 'node',
    target: 'node20.12',
    charset: 'utf8',
  })
}

async function writeManifests(folder: string): Promise<void> {
  const read = async (path: string) =>
    JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
  const { engines } = await read('package.json')
  const { name, version, license, dependencies } = await read(join(workspace, 'package.json'))
  const own = { name, version, license, dependencies, engines }
  const manifest = {
    ...own,
    private: true,
    type: 'module',
    scripts: { start: 'node dist/main.js' },
  }
  const lockfile = {
    ...{ name, version, lockfileVersion: 3, requires: true },
    packages: { '': own, ...(await lockedPackagesOf(workspace)) },
  }
  await write(join(folder, 'package.json'), manifest)
  await write(join(folder, 'package-lock.json'), lockfile)
}

async function write(path: string, content: object): Promise<void> {
  await writeFile(path, `${JSON.stringify(content, null, 2)}\n`)
}
