import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BrowserMissingError, findBrowser, systemHost, type BrowserHost } from '../src/browser'

const apt = '/usr/bin/apt-get'
const font = 'NotoSansCJK: Noto Sans CJK SC:style=Regular\n'
const snapShim = undefined

interface Machine {
  platform?: NodeJS.Platform
  env?: Record<string, string>
  isRoot?: boolean
  /** Files, and what they print for `--version`; undefined where they fail. */
  files?: Record<string, string | undefined>
  fonts?: string
  /** What apt adds to the machine; with a name, only when it is asked for that. */
  packages?: Pick<Machine, 'files' | 'fonts'> & { name?: string }
}

/** A machine that exists on paper, and a record of what was done with it. */
function makeMachine({ files = {}, fonts = font, packages = {}, ...rest }: Machine) {
  const [present, installed, warnings] = [{ ...files }, [] as string[][], [] as string[]]
  const host: BrowserHost = {
    platform: rest.platform ?? 'linux',
    env: { PATH: '/usr/local/bin:/usr/bin', ...rest.env },
    isRoot: rest.isRoot ?? false,
    exists: (file) => file in present,
    async run(command, args) {
      if (command === 'fc-list') return fonts
      if (args[0] === '--version') return present[command]
      const [, lock, , , tool, verb, ...names] = args
      if (command !== 'flock' || lock !== '/var/lib/apt' || tool !== 'apt-get')
        throw new Error(`unexpected: ${command} ${args.join(' ')}`)
      installed.push([String(verb), ...names.filter((name) => !name.startsWith('-'))])
      if (verb === 'install' && (packages.name === undefined || names.includes(packages.name))) {
        Object.assign(present, packages.files)
        fonts = packages.fonts ?? fonts
      }
      return ''
    },
    warn: (line) => void warnings.push(line),
  }
  return { host, installed, warnings }
}

const mac = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'
const windows = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'

describe('a browser that exists', () => {
  test.each<[string, Machine, string]>([
    ['Chromium in PATH', { files: { '/usr/bin/chromium': 'Chromium 130.0' } }, '/usr/bin/chromium'],
    [
      'the headless shell before Chrome',
      {
        files: {
          '/usr/bin/google-chrome': 'Chrome 130.0',
          '/usr/bin/chromium-headless-shell': 'Chromium 130.0',
        },
      },
      '/usr/bin/chromium-headless-shell',
    ],
    [
      'Chrome before Chromium',
      {
        files: { '/usr/bin/chromium': 'Chromium 130.0', '/usr/bin/google-chrome': 'Chrome 130.0' },
      },
      '/usr/bin/google-chrome',
    ],
    [
      'Edge where nothing else is',
      { files: { '/usr/bin/microsoft-edge': 'Microsoft Edge 130.0' } },
      '/usr/bin/microsoft-edge',
    ],
    [
      'CHROME_PATH before all others',
      {
        env: { CHROME_PATH: '/my/chrome' },
        files: { '/my/chrome': 'Chrome 1.0', '/usr/bin/google-chrome': 'Chrome 130.0' },
      },
      '/my/chrome',
    ],
    [
      'the next one after one that does not run',
      {
        files: { '/usr/bin/chromium-browser': snapShim, '/usr/bin/microsoft-edge': 'Edge 130.0' },
      },
      '/usr/bin/microsoft-edge',
    ],
    [
      'outside PATH, where Linux keeps it',
      { env: { PATH: '' }, files: { '/snap/bin/chromium': 'Chromium 130.0 snap' } },
      '/snap/bin/chromium',
    ],
    ['an application on macOS', { platform: 'darwin', files: { [mac]: 'Edge 130.0' } }, mac],
    [
      "a person's own application on macOS",
      {
        platform: 'darwin',
        env: { HOME: '/Users/lin' },
        files: { [`/Users/lin${mac}`]: 'Edge 130.0' },
      },
      `/Users/lin${mac}`,
    ],
    [
      'a program on Windows, which is not started for it',
      {
        platform: 'win32',
        env: { ProgramFiles: 'C:\\Program Files' },
        files: { [windows]: undefined },
      },
      windows,
    ],
    [
      'a program in PATH on Windows',
      {
        platform: 'win32',
        env: { PATH: 'C:\\a;D:\\b' },
        files: { 'D:\\b\\msedge.exe': undefined },
      },
      'D:\\b\\msedge.exe',
    ],
  ])('is found: %s', async (_title, machine, browser) => {
    const { host, installed, warnings } = makeMachine(machine)
    expect(await findBrowser(host)).toBe(browser)
    expect({ installed, warnings }).toEqual({ installed: [], warnings: [] })
  })
})

describe('no browser that runs', () => {
  test.each<[string, Machine, RegExp]>([
    ['for a plain user', { files: { [apt]: '' } }, /^No browser .* install Google Chrome, /],
    ['for root without apt', { isRoot: true }, /^No browser /],
    ['on macOS', { platform: 'darwin', isRoot: true, files: { [apt]: '' } }, /^No browser /],
    ['on Windows', { platform: 'win32' }, /^No browser /],
    [
      'at CHROME_PATH, whatever else there is',
      { env: { CHROME_PATH: '/no' }, files: { '/usr/bin/chromium': 'Chromium 130.0' } },
      /^CHROME_PATH is \/no, where no file is: /,
    ],
    [
      'at CHROME_PATH but a shim',
      { env: { CHROME_PATH: '/shim' }, files: { '/shim': snapShim } },
      /^CHROME_PATH is \/shim, which does not run /,
    ],
  ])('is an error of one line, and nothing is installed: %s', async (_title, machine, line) => {
    const { host, installed } = makeMachine(machine)
    const error = await findBrowser(host).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(BrowserMissingError)
    expect((error as Error).message).toMatch(line)
    expect((error as Error).message).not.toContain('\n')
    expect(installed).toEqual([])
  })
})

describe('root on Debian and Ubuntu', () => {
  const debian: Machine = { isRoot: true, files: { [apt]: '' }, fonts: '' }

  test("gets Chromium's headless shell and a Chinese font installed", async () => {
    const files = { '/usr/bin/chromium-headless-shell': 'Chromium 130.0' }
    const { host, installed, warnings } = makeMachine({
      ...debian,
      packages: { files, fonts: font },
    })
    expect(await findBrowser(host)).toBe('/usr/bin/chromium-headless-shell')
    const names = ['chromium-headless-shell', 'fontconfig', 'fonts-noto-cjk']
    expect(installed).toEqual([['update'], ['install', ...names]])
    expect(warnings).toEqual([`Installing ${names.join(', ')} with apt.`])
  })

  test('gets Chromium where apt has no headless shell', async () => {
    const files = { '/usr/bin/chromium': 'Chromium 130.0' }
    const { host } = makeMachine({
      ...debian,
      packages: { name: 'chromium', files, fonts: font },
    })
    expect(await findBrowser(host)).toBe('/usr/bin/chromium')
  })

  test('says what to install where the package is only a shim for a snap', async () => {
    const files = { '/usr/bin/chromium-browser': snapShim }
    const { host } = makeMachine({ ...debian, packages: { files } })
    await expect(findBrowser(host)).rejects.toThrow(/Google Chrome.*snap/)
  })

  test('says what to install where apt cannot', async () => {
    await expect(findBrowser(makeMachine(debian).host)).rejects.toThrow(BrowserMissingError)
  })

  test('gets the font alone where a browser exists', async () => {
    const files = { ...debian.files, '/usr/bin/chromium': 'Chromium 130.0' }
    const { host, installed } = makeMachine({ ...debian, files, packages: { fonts: font } })
    expect(await findBrowser(host)).toBe('/usr/bin/chromium')
    expect(installed).toEqual([['update'], ['install', 'fontconfig', 'fonts-noto-cjk']])
  })

  test('has a browser all the same where the font cannot be installed', async () => {
    const files = { ...debian.files, '/usr/bin/chromium': 'Chromium 130.0' }
    const { host, warnings } = makeMachine({ ...debian, files })
    expect(await findBrowser(host)).toBe('/usr/bin/chromium')
    expect(warnings.at(-1)).toMatch(/^No Chinese font /)
  })
})

test('a plain user without a Chinese font is warned in one line', async () => {
  const files = { '/usr/bin/chromium': 'Chromium 130.0', [apt]: '' }
  const { host, installed, warnings } = makeMachine({ files, fonts: '' })
  expect(await findBrowser(host)).toBe('/usr/bin/chromium')
  expect(installed).toEqual([])
  expect(warnings).toEqual([expect.stringMatching(/^No Chinese font .*fonts-noto-cjk\.$/)])
})

describe.skipIf(process.platform === 'win32')('on this machine', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'browser-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  async function script(lines: string): Promise<BrowserHost> {
    const file = path.join(folder, 'chrome')
    await writeFile(file, `#!/bin/sh\n${lines}\n`)
    await chmod(file, 0o755)
    return { ...systemHost(), isRoot: false, env: { CHROME_PATH: file }, warn: () => undefined }
  }

  test('a program that prints a version is a browser', async () => {
    expect(await findBrowser(await script('echo Chromium 130.0.6723'))).toBe(`${folder}/chrome`)
  })

  test.each(['echo Chromium 130.0; exit 1', 'echo please install the snap'])(
    'a program that does `%s` is none',
    async (lines) => {
      await expect(findBrowser(await script(lines))).rejects.toThrow('which does not run')
    },
  )

  test('a folder is none', async () => {
    const host = { ...(await script('')), env: { CHROME_PATH: folder } }
    await expect(findBrowser(host)).rejects.toThrow('where no file is')
  })

  test('a command that hangs, or is not there, has said nothing', async () => {
    const { run } = systemHost()
    const hanging = run('sh', ['-c', 'echo 130.0; sleep 30; echo late'], { timeLimit: 50 })
    expect(await hanging).toBeUndefined()
    expect(await run(`${folder}/none`, [], { timeLimit: 50 })).toBeUndefined()
  })
})
