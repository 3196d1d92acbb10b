// `npm start` compiles the mini-program where it has to, and never serves one that is not up to date.
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { anyFreePort } from '../support/ports'
import { killScripts, ScriptEndedError, startScript } from './support/npmScript'
import { copyProject, type ProjectCopy } from '../../scripts/projectCopy'
import { visit } from './support/visit'

const compiling = /^compiling the mini-program/
const opened = /^open (http\S+)/
/** The first start compiles the app. In ms. */
const hang = 600_000
/** Part of every build, and of the compiled app as it is. */
const source = 'src/locale/en.ts'
const [text, byteChanged] = ['Log in to continue', 'Log in to cOntinue']

// Signals to a group of processes are POSIX.
describe.skipIf(process.platform === 'win32')('npm start', { timeout: hang }, () => {
  let project: ProjectCopy
  let port: string
  /** What the first start left: the database, and the app compiled for `port`. */
  let left: string
  let dataDir: string

  const start = (until: RegExp, env: Record<string, string> = {}) =>
    startScript('start', {
      cwd: project.folder,
      env: { DATA_DIR: dataDir, PORT: port, WECHAT_PORT: '0', SIMULATOR_PORT: '0', ...env },
      until,
    })
  const compiledApp = async () => {
    const dist = join(dataDir, 'app/mp-weixin')
    const scripts = (await readdir(dist, { recursive: true })).filter((name) =>
      name.endsWith('.js'),
    )
    return (await Promise.all(scripts.map((name) => readFile(join(dist, name), 'utf8')))).join('\n')
  }

  beforeAll(async () => {
    project = await copyProject()
    port = String(await anyFreePort())
    left = dataDir = await mkdtemp(join(tmpdir(), 'watchword-start-'))
    const { lines, interrupt } = await start(opened)
    expect(lines).toContainEqual(expect.stringMatching(compiling))
    await interrupt()
  }, hang)
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'watchword-start-'))
    await cp(left, dataDir, { recursive: true })
  })
  afterEach(async () => {
    await killScripts()
    await project.restore()
    await rm(dataDir, { recursive: true })
  })
  afterAll(async () => {
    await rm(left, { recursive: true, force: true })
    await project.remove()
  })

  test('opens the app of the last start in any browser where nothing has changed, has its data alone, and ends by Ctrl-C', async () => {
    const ports = [port, await anyFreePort(), await anyFreePort()].map(String)
    const { address, lines, interrupt } = await start(opened, {
      WECHAT_PORT: ports[1]!,
      SIMULATOR_PORT: ports[2]!,
    })
    expect(lines[0]).toMatch(/^starting /)
    expect(lines.join('\n')).not.toMatch(/compiling/)

    const another = await start(opened, { PORT: '0' }).catch((error: ScriptEndedError) => error)
    expect(another).toMatchObject({ code: 1, message: expect.stringMatching(/in use by process/) })

    await visit(address, async (page) => {
      const phone = page.frameLocator('iframe')
      await phone.locator('.service').first().waitFor()

      // A person answers WeChat's dialogues by hand.
      await phone.locator('.service__book').first().click()
      await phone.locator('#name input').fill('林小舟')
      await phone.locator('#phone input').fill('15400001234')
      await phone.locator('#address input').fill('梧桐路 8 号 2 栋 301')
      await phone.locator('#date').click()
      await phone.getByRole('listbox').nth(1).press('ArrowDown')
      await phone.getByText('确定', { exact: true }).click()
      await phone.locator('#submit').click()
      await phone.locator('.auth-sheet__allow').click()
      await phone.getByText('不允许', { exact: true }).click()
      await phone.locator('.auth-sheet__error').waitFor()
      await phone.locator('.auth-sheet__allow').click()
      await phone.getByText('允许', { exact: true }).click()
      await phone.locator('.booking-done').waitFor()
    })
    expect(lines.filter((line) => /warn|taken/i.test(line))).toEqual([])
    await interrupt()
    expect(address).toBe(`http://127.0.0.1:${ports[2]}`)
    for (const ended of ports) {
      await expect(fetch(`http://127.0.0.1:${ended}`)).rejects.toMatchObject({
        cause: { code: 'ECONNREFUSED' },
      })
    }
  })

  test('compiles anew where one byte of a source has changed; killed at it, it leaves the last app', async () => {
    const app = await compiledApp()
    await project.change(source, (code) => code.replace(text, byteChanged))
    const { kill } = await start(compiling)
    await kill()
    expect(await compiledApp()).toBe(app)

    await project.restore()
    const { lines, interrupt } = await start(opened)
    expect(lines.join('\n')).not.toMatch(compiling)
    await interrupt()
  })

  test('ends with what uni said where the app cannot be compiled, and keeps the one from before', async () => {
    await project.change(source, (code) => `${code}\nexport const = 1\n`)
    const ended = await start(opened).catch((error: ScriptEndedError) => error)
    expect(ended).toBeInstanceOf(ScriptEndedError)
    const { code, lines } = ended as ScriptEndedError
    expect(code).toBe(1)
    expect(lines.join('\n')).toMatch(/en\.ts/)
    expect(lines.at(-1)).toMatch(/^the build for mp-weixin failed/)

    await project.restore()
    const { lines: again, interrupt } = await start(opened)
    expect(again.join('\n')).not.toMatch(compiling)
    await interrupt()
    // Nothing of the failed build is left.
    expect((await readdir(dataDir)).sort()).toEqual(['app', 'secrets.json', 'server'])
  })
})
