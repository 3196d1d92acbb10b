import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The program of uni-app's CLI. */
export const uni = '@dcloudio/vite-plugin-uni/bin/uni.js'

/** Runs a program of this repository's node_modules in a project. Rejects with what it printed. */
export function runIn(
  project: string,
  program: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ stdout: string }> {
  return run(process.execPath, [resolve('node_modules', program), ...args], {
    cwd: project,
    env: { ...process.env, ...env },
  })
}

/**
 * Compiles a uni-app project, whose sources may be elsewhere than in `src`. Resolves to the folder;
 * rejects with what uni said.
 */
export async function compile(
  project: string,
  platform: 'mp-weixin' | 'h5',
  apiBase: string,
  sources = 'src',
): Promise<string> {
  await runIn(project, uni, ['build', '-p', platform], {
    NODE_ENV: 'production',
    VITE_API_BASE: apiBase,
    UNI_INPUT_DIR: join(project, sources),
  })
  return join(project, 'dist/build', platform)
}

/** What a project's package.json names, so that uni-app finds its own packages. */
export async function readDevDependencies(): Promise<object> {
  const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
    devDependencies: object
  }
  return devDependencies
}

/** The code blocks that begin with a file's name in a comment, by that name. */
export async function codeOf(document: string): Promise<Map<string, string>> {
  const blocks = (await readFile(document, 'utf8')).matchAll(
    /^```\w+\n(?:\/\/|<!--) (\S+\.\w+)(?: -->)?\n(.*?)^```$/gms,
  )
  return new Map([...blocks].map(([, path, text]) => [path!, text!]))
}
