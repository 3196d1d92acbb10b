import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, inject, test as anywhere } from 'vitest'
import { writeApp } from '../../simulator/tests/support/appFiles'
import { anyFreePort, takePort } from '../support/ports'
import { killScripts, startScript, type ScriptEndedError } from './support/npmScript'
import { visit } from './support/visit'

/** Signals to a group of processes are POSIX. */
const test = anywhere.skipIf(process.platform === 'win32')

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'watchword-commands-'))
})
afterEach(async () => {
  await killScripts()
  rmSync(dataDir, { recursive: true, force: true })
})

const start = (script: string, env: Record<string, string>, until: RegExp) =>
  startScript(script, { env: { DATA_DIR: dataDir, ...env }, until })

/** The same on a database that is there already. */
const startOnData: typeof start = (...args) => {
  cpSync(inject('freshData'), dataDir, { recursive: true })
  return start(...args)
}

const refuses = (address: string) =>
  expect(fetch(address)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })

test.for(['start', 'backend', 'simulate'])(
  'npm run %s -- --help prints usage and ends with 0',
  async (script) => {
    const ended = await start(`${script} -- --help`, {}, /never printed/).catch(
      (error: unknown) => error,
    )
    expect(ended).toMatchObject({ code: 0 })
    const name = script === 'start' ? 'npm start' : `npm run ${script}`
    expect((ended as ScriptEndedError).lines[0]).toMatch(new RegExp(`^${name} `))
  },
)

test('npm start -- --dist opens an app of the reader’s own, whose logins the backend knows', async () => {
  const port = await anyFreePort()
  const app = writeApp(['pages/own/own'], {
    'pages/own/own.wxml': '<view class="login" bindtap="login">{{status}}</view>',
    'pages/own/own.js': `Page({
      data: { status: 'log in' },
      login() {
        wx.login({ success: ({ code }) => wx.request({
          url: 'http://127.0.0.1:${port}/auth/login', method: 'POST', data: { code },
          success: ({ statusCode }) => this.setData({ status: 'answered ' + statusCode }),
        }) })
      },
    })`,
  })
  try {
    const { address, lines, interrupt } = await startOnData(
      `start -- --dist ${app.dist}`,
      { PORT: String(port), WECHAT_PORT: '0', SIMULATOR_PORT: '0' },
      /open (http\S+)/,
    )
    await visit(address, async (page) => {
      const phone = page.frameLocator('iframe')
      await phone.locator('.login').click()
      await phone.getByText('answered 200').waitFor()
    })
    expect(lines.join('\n')).not.toMatch(/compiling the mini-program/)
    await interrupt()
  } finally {
    app.remove()
  }
})

test.each([
  ['no-such-folder', /no-such-folder: there is no such directory$/],
  ['.', /app\.json: not found in .*: (this is the source of a uni-app|open the folder dist)/],
])('npm start -- --dist refuses %s before anything is started', async (folder, line) => {
  await expect(start(`start -- --dist ${folder}`, {}, /never/)).rejects.toMatchObject({
    code: 1,
    message: expect.stringMatching(line),
  })
  expect(readdirSync(dataDir)).toEqual([])
})

test('npm run backend says which port is taken and picks the next', async () => {
  const { port, server } = await takePort()
  try {
    const { lines, address, interrupt } = await startOnData(
      'backend',
      { PORT: String(port), WECHAT_PORT: '0' },
      /backend: +(http\S+)/,
    )
    expect(lines).toContain(`port ${port} is taken, trying ${port + 1}`)
    expect((await fetch(`${address}/services`)).status).toBe(200)
    await interrupt()
    await refuses(address)
  } finally {
    server.close()
  }
})

test.each([
  [{ PORT: 'eighty' }, 'PORT must be a port, 0 to 65535'],
  [{ USER_INFO_POLICY: 'everything' }, 'USER_INFO_POLICY must be unionid, profile or profile-only'],
])('npm run backend refuses %o with one line', async (environment, line) => {
  await expect(start('backend', environment, /never/)).rejects.toMatchObject({
    code: 1,
    message: expect.stringMatching(line),
  })
})

test('npm run backend -- --devtools takes the login codes of WeChat DevTools', async () => {
  for (const [script, status] of [
    ['backend -- --devtools', 200],
    ['backend', 401],
  ] as const) {
    const { address, interrupt } = await startOnData(
      script,
      { PORT: '0', WECHAT_PORT: '0' },
      /backend: +(http\S+)/,
    )
    const response = await fetch(`${address}/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code: 'issued-by-wechat-itself' }),
    })
    expect(response.status).toBe(status)
    await interrupt()
  }
})

test('npm run backend listens where HOST says, for phones on the same network', async () => {
  const env = { PORT: '0', WECHAT_PORT: '0', HOST: '0.0.0.0' }
  const { address, interrupt } = await startOnData('backend', env, /backend: +(http\S+)/)
  expect(address).toMatch(/^http:\/\/0\.0\.0\.0:/)
  expect((await fetch(`${address}/services`)).status).toBe(200)
  await interrupt()
})
