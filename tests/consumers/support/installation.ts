import { exec } from 'node:child_process'
import { mkdir, readFile, cp } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'

export type PackageManager = 'npm' | 'pnpm'

const PNPM = 'pnpm@10.34.9'

/** Runs a line in the project, as a terminal would. Rejects with all that it printed. */
export type Run = (line: string) => Promise<string>

/** Makes the terminal of a project that is in `<folder>/app`, with pnpm if that is its package manager. */
export async function openTerminal(folder: string, manager: PackageManager): Promise<Run> {
  const tools = join(folder, 'tools')
  const env = {
    ...environment(),
    PATH: `${join(tools, 'node_modules/.bin')}:${process.env.PATH}`,
    // A template may name a mirror of the registry.
    npm_config_registry: (await run('npm config get registry')).stdout.trim(),
    // No package needs its scripts here: esbuild's binary is a package of its own.
    npm_config_ignore_scripts: 'true',
  }
  if (manager === 'pnpm')
    await run(`npm install --no-audit --no-fund --prefix ${tools} ${PNPM}`, { env })
  return async (line) => {
    try {
      const { stdout } = await run(line, { cwd: join(folder, 'app'), env, maxBuffer: 2 ** 26 })
      return stdout
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string }
      throw new Error(`${line}\n${stdout}\n${stderr}`, { cause: error })
    }
  }
}

/** That of this process, without what vitest and npm say of themselves: uni-app and npm act on it. */
export function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: undefined,
    VITEST: undefined,
    npm_config_local_prefix: undefined,
  }
}

/** The line by which the README installs the package with this package manager. */
export async function installLine(manager: PackageManager): Promise<string> {
  const start = { npm: 'npm install -E', pnpm: 'pnpm add -E' }[manager]
  const readme = await readFile('README.md', 'utf8')
  const line = readme.split('\n').find((one) => one.startsWith(start))
  if (!line) throw new Error(`the README has no line with ${start}`)
  return line
}

/** Puts the tarball where the README's line has it, seen from the project. */
export async function placeTarball(tarball: string, project: string, line: string): Promise<void> {
  const path = line.split(' ').find((word) => word.endsWith(basename(tarball)))
  if (!path) throw new Error(`the README does not install ${basename(tarball)}`)
  const place = join(project, path)
  await mkdir(dirname(place), { recursive: true })
  await cp(tarball, place)
}

const run = promisify(exec)
