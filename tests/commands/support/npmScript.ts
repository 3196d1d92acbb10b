import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** An npm script that runs, with all its processes. */
export interface NpmScript {
  /** What it printed up to now. */
  readonly lines: readonly string[]
  /** The group of the line that was waited for; empty where it has none. */
  readonly address: string
  /** Ctrl-C: the terminal signals the whole group. Resolves when the last of it has ended. */
  interrupt(): Promise<void>
  /** Ends the whole group at once. */
  kill(): Promise<void>
}

/** The script ended before it printed what was waited for. */
export class ScriptEndedError extends Error {
  override readonly name = 'ScriptEndedError'
  constructor(
    readonly code: number | null,
    readonly lines: readonly string[],
  ) {
    super(`ended with ${code}: ${lines.join('\n')}`)
  }
}

export interface ScriptOptions {
  env: Record<string, string>
  /** The line to wait for. */
  until: RegExp
  /** The project; this one if not given. */
  cwd?: string
}

const running = new Set<ChildProcess>()

/** Starts an npm script and reads its lines until one matches. Rejects with ScriptEndedError. */
export async function startScript(
  script: string,
  { env, until, cwd = process.cwd() }: ScriptOptions,
): Promise<NpmScript> {
  const child = spawn('npm', ['run', '--silent', ...script.split(' ')], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  running.add(child)
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child)
    return code as number | null
  })
  const lines: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line))
  const end = async (signal: 'SIGINT' | 'SIGKILL') => {
    if (running.has(child)) process.kill(-child.pid!, signal)
    await ended
  }
  const found = new Promise<RegExpExecArray>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      const match = until.exec(line)
      if (match) resolve(match)
    })
  })
  const match = await Promise.race([found, ended])
  if (!Array.isArray(match)) throw new ScriptEndedError(match, lines)
  return {
    lines,
    address: match[1] ?? '',
    interrupt: () => end('SIGINT'),
    kill: () => end('SIGKILL'),
  }
}

/** Ends what a failed test has left. */
export async function killScripts(): Promise<void> {
  for (const child of [...running]) {
    const ended = once(child, 'close')
    process.kill(-child.pid!, 'SIGKILL')
    await ended
  }
}
