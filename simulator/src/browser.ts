import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'

/** The machine, as far as finding a browser on it goes. */
export interface BrowserHost {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  isRoot: boolean
  /** Whether there is a file. */
  exists(file: string): boolean
  /**
   * What the command prints; undefined if it fails or takes longer than `timeLimit` ms. With `show`
   * its output goes to stderr instead.
   */
  run(
    command: string,
    args: string[],
    options: { timeLimit: number; show?: boolean },
  ): Promise<string | undefined>
  /** Shows one line to the person. */
  warn(line: string): void
}

/** There is no browser that works; the message is one line and says what to do. */
export class BrowserMissingError extends Error {
  override readonly name = 'BrowserMissingError'
}

const probeLimit = 20_000
const installLimit = 10 * 60_000
/** Held while apt runs: it gives up at once where another process, of tests say, installs the same. */
const aptFolder = '/var/lib/apt'

/**
 * The path of a browser of Chromium's kind: `CHROME_PATH`, else an installed headless shell, Chrome,
 * Chromium or Edge, else Chromium installed with apt, by root on Debian and Ubuntu only. Installs a
 * Chinese font likewise, or warns. Rejects with BrowserMissingError.
 */
export async function findBrowser(host: BrowserHost = systemHost()): Promise<string> {
  const browser = host.env.CHROME_PATH
    ? await namedBrowser(host, host.env.CHROME_PATH)
    : ((await installedBrowser(host)) ?? (await newBrowser(host)))
  await ensureChineseFont(host)
  return browser
}

async function namedBrowser(host: BrowserHost, file: string): Promise<string> {
  if (await isWorking(host, file)) return file
  const fault = host.exists(file) ? 'which does not run (--version)' : 'where no file is'
  throw new BrowserMissingError(
    `CHROME_PATH is ${file}, ${fault}: correct it, or unset it to have a browser found.`,
  )
}

async function installedBrowser(host: BrowserHost): Promise<string | undefined> {
  for (const file of new Set(candidates(host))) {
    if (await isWorking(host, file)) return file
  }
  return undefined
}

async function newBrowser(host: BrowserHost): Promise<string> {
  if (canInstall(host)) {
    // Debian has the first; where it is missing, apt installs nothing of what it was asked for.
    for (const name of [headlessShell, 'chromium']) {
      await install(host, [name, ...fontPackages])
      const browser = await installedBrowser(host)
      if (browser) return browser
    }
  }
  throw new BrowserMissingError(
    'No browser was found that runs: install Google Chrome, Chromium or Microsoft Edge, or set ' +
      'CHROME_PATH to one (Ubuntu’s chromium package is a snap, which containers cannot run).',
  )
}

/**
 * Being there is not enough: Ubuntu's package puts a script in Chromium's place that only asks for
 * the snap. On Windows `--version` opens a window instead of printing, so there it has to be.
 */
async function isWorking(host: BrowserHost, file: string): Promise<boolean> {
  if (!host.exists(file)) return false
  if (host.platform === 'win32') return true
  const version = await host.run(file, ['--version'], { timeLimit: probeLimit })
  return version !== undefined && /\d+\.\d+/.test(version)
}

/** Where browsers usually are, the fastest first, then Chrome. */
function candidates({ platform, env }: BrowserHost): string[] {
  const { join, delimiter } = platform === 'win32' ? path.win32 : path.posix
  const inPath = (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean)
  const inEach = (folders: (string | undefined)[], files: string[]) =>
    files.flatMap((file) => folders.flatMap((folder) => (folder ? [join(folder, file)] : [])))

  if (platform === 'win32') {
    const programs = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA]
    return [...inEach(programs, windowsPrograms), ...inEach(inPath, ['chrome.exe', 'msedge.exe'])]
  }
  if (platform === 'darwin') {
    const applications = ['/Applications', env.HOME && join(env.HOME, 'Applications')]
    return [...inEach(applications, macApplications), ...inEach(inPath, commands)]
  }
  return inEach([...inPath, '/usr/bin', '/usr/local/bin', '/snap/bin'], commands)
}

const headlessShell = 'chromium-headless-shell'

/** Chromium without windows starts a page in less than half of the time. */
const commands = [
  headlessShell,
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
]
const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `${name}.app/Contents/MacOS/${name}`,
)
const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
]

/** fontconfig brings `fc-list`, without which the font would be looked for in vain again. */
const fontPackages = ['fontconfig', 'fonts-noto-cjk']

async function ensureChineseFont(host: BrowserHost): Promise<void> {
  if (host.platform !== 'linux' || (await hasChineseFont(host))) return
  if (canInstall(host)) await install(host, fontPackages)
  if (await hasChineseFont(host)) return
  host.warn('No Chinese font was found, so pages show boxes for text: install fonts-noto-cjk.')
}

async function hasChineseFont(host: BrowserHost): Promise<boolean> {
  const fonts = await host.run('fc-list', [':lang=zh'], { timeLimit: probeLimit })
  return Boolean(fonts?.trim())
}

function canInstall({ platform, isRoot, exists }: BrowserHost): boolean {
  return platform === 'linux' && isRoot && exists('/usr/bin/apt-get')
}

async function install(host: BrowserHost, packages: string[]): Promise<void> {
  host.warn(`Installing ${packages.join(', ')} with apt.`)
  const apt = (...args: string[]) =>
    // Without a process of its own between: the limit is to end apt.
    host.run(
      'flock',
      ['--no-fork', aptFolder, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args],
      { timeLimit: installLimit, show: true },
    )
  await apt('update')
  await apt('install', '--yes', '--no-install-recommends', ...packages)
}

/** This machine. */
export function systemHost(): BrowserHost {
  return {
    platform: process.platform,
    env: process.env,
    isRoot: process.getuid?.() === 0,
    exists: (file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
    run: runCommand,
    warn: (line) => void process.stderr.write(`${line}\n`),
  }
}

const runCommand: BrowserHost['run'] = (command, args, { timeLimit, show = false }) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: show ? ['ignore', 2, 2] : ['ignore', 'pipe', 'ignore'],
      timeout: timeLimit,
    })
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', () => resolve(undefined))
    child.once('exit', (code) => {
      if (code === 0) return
      // A child of the command that was ended may hold the pipe open.
      child.stdout?.destroy()
      resolve(undefined)
    })
    child.once('close', () => resolve(output))
  })
