import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { stripVTControlCharacters } from 'node:util'
import { codeOf } from '../../commands/support/compile'
import { anyFreePort } from '../../support/ports'
import {
  environment,
  installLine,
  openTerminal,
  placeTarball,
  type PackageManager,
} from './installation'
import { downloadTemplate, type Template } from './templates'

/** A project made from a template, with the package in it as the README says. */
export interface Consumer {
  folder: string
  /** Runs one of the template's own scripts. Rejects with what it printed. */
  script(name: string): Promise<string>
  /** Compiles it for H5 or a mini-program. Resolves to the folder. */
  build(platform: string): Promise<string>
  /** Starts the development server of H5. Resolves to its address. */
  serve(): Promise<string>
  /** Starts compiling for a mini-program. Resolves to the folder, once that is complete. */
  watch(platform: string): Promise<string>
  /** Ends what `serve` or `watch` has started. */
  stop(): Promise<void>
  remove(): Promise<void>
}

/** @throws UnreachableError */
export async function createConsumer(
  template: Template,
  manager: PackageManager,
  { tarball, apiBase }: { tarball: string; apiBase: string },
): Promise<Consumer> {
  const parent = await mkdtemp(join(tmpdir(), 'watchword-consumer-'))
  const project = join(parent, 'app')
  const remove = () => rm(parent, { recursive: true })
  try {
    await downloadTemplate(template, project)
    await template.prepare?.(project)
    const run = await openTerminal(parent, manager)
    // A lockfile that no longer fits what was left out keeps its versions otherwise.
    await run(
      manager === 'npm' ? 'npm install --no-audit --no-fund' : 'pnpm install --no-frozen-lockfile',
    )
    const line = await installLine(manager)
    await placeTarball(tarball, project, line)
    await run(line)
    await run('npx watchword init --yes')
    await appendFile(join(project, template.envFile), `\nVITE_API_BASE=${apiBase}\n`)
    await addPages(project)
    if (template.isGenerated) await run(`${manager} run build:mp-weixin`)
    return { ...commandsOf(project, (name) => run(`${manager} run ${name}`)), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** The README's page, and one that begins a session. */
async function addPages(project: string): Promise<void> {
  const book = (await codeOf('README.md')).get('src/pages/index/index.vue')
  await mkdir(join(project, 'src/pages/book'))
  await writeFile(join(project, 'src/pages/book/book.vue'), book ?? '')
  await cp('tests/consumers/fixtures/pages', join(project, 'src/pages'), { recursive: true })
  const file = join(project, 'src/pages.json')
  const pages = await readFile(file, 'utf8')
  // Where pages.json is generated, the pages come into it by themselves.
  const prompt = '{ "path": "pages/prompt/prompt" }'
  const more = ['book/book', 'enter/enter'].map((path) => `, { "path": "pages/${path}" }`)
  await writeFile(file, pages.replace(prompt, prompt + more.join('')))
}

function commandsOf(folder: string, script: Consumer['script']): Omit<Consumer, 'remove'> {
  let running: ChildProcess | undefined
  /** Starts uni-app's own program, as a script would. Resolves to the line that matches. */
  async function start(args: string[], until: RegExp): Promise<RegExpExecArray> {
    const uni = 'node_modules/@dcloudio/vite-plugin-uni/bin/uni.js'
    const child = spawn(process.execPath, [uni, ...args], {
      cwd: folder,
      env: environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    })
    running = child
    endWithProcess(child)
    const lines: string[] = []
    const found = new Promise<RegExpExecArray>((resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        lines.push(line)
        const match = until.exec(stripVTControlCharacters(line))
        if (match) resolve(match)
      })
    })
    const match = await Promise.race([found, once(child, 'close').then(() => undefined)])
    if (!match) throw new Error(`uni ${args.join(' ')} ended:\n${lines.join('\n')}`)
    return match
  }

  return {
    folder,
    script,
    async build(platform) {
      await script(`build:${platform}`)
      return join(folder, 'dist/build', platform)
    },
    async serve() {
      const port = String(await anyFreePort())
      const args = ['-p', 'h5', '--host', '127.0.0.1', '--port', port]
      return (await start(args, /Local: *(http:\S+)/))[1]!
    },
    async watch(platform) {
      await start(['-p', platform], /Build complete/)
      return join(folder, 'dist/dev', platform)
    },
    async stop() {
      if (!running || running.exitCode !== null) return
      const ended = once(running, 'close')
      process.kill(-running.pid!, 'SIGKILL')
      await ended
      running = undefined
    },
  }
}

/** In a process group of its own, it would outlive tests that are interrupted. */
function endWithProcess(child: ChildProcess): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const end = () => {
      process.kill(-child.pid!, 'SIGKILL')
      // Without this listener, the signal ends this process as it would have.
      process.kill(process.pid, signal)
    }
    process.once(signal, end)
    child.once('close', () => process.off(signal, end))
  }
}
