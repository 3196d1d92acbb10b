import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { readConfig } from '../../src/readConfig'
import { openPglite } from '../../src/db/pglite'
import { startServer } from '../../src/server'
import { addressOf, backendCommand } from '../support/backendProcess'
import { appId } from '../support/people'

describe.skipIf(process.platform === 'win32' || inject('postgresUrl'))('the data directory', () => {
  let folder: string
  let made: string
  let dataDir: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watchword-'))
    made = join(folder, 'made')
    const umask = process.umask(0)
    await (await openPglite({ dataDir: made, appId })).close()
    process.umask(umask)
  })
  afterAll(() => rm(folder, { recursive: true }))

  beforeEach(async () => {
    dataDir = await mkdtemp(join(folder, 'data-'))
    await cp(made, dataDir, { recursive: true })
  })

  /** Itself, and what is in it. */
  const entries = async (directory: string) => [
    directory,
    ...(await readdir(directory, { recursive: true })).map((name) => join(directory, name)),
  ]

  /** What other users may read, write or enter. */
  async function openToOthers(directory: string): Promise<string[]> {
    const open: string[] = []
    for (const path of await entries(directory))
      if (((await stat(path)).mode & 0o077) !== 0) open.push(path)
    return open
  }

  it('is for its owner alone, as is every file in it, whatever the umask', async () => {
    const umask = process.umask(0)
    try {
      const { database, close } = await openPglite({ dataDir, appId })
      await database.execute(sql`create table written_later as select generate_series(1, 9999)`)
      await close()
    } finally {
      process.umask(umask)
    }
    expect((await entries(made)).length).toBeGreaterThan(900)
    expect(await openToOthers(made)).toEqual([])
    expect(await readdir(dataDir)).toEqual(['postgres'])
    expect(await openToOthers(dataDir)).toEqual([])
  })

  it('is closed to others where it was open, and so is what is in it', async () => {
    for (const path of await entries(dataDir)) await chmod(path, 0o777)
    await (await openPglite({ dataDir, appId })).close()
    expect(await openToOthers(dataDir)).toEqual([])
  })

  it.runIf(process.platform === 'linux')(
    'is free once its process is killed, though nobody has waited for that process',
    async () => {
      const env = {
        PORT: '0',
        DATA_DIR: dataDir,
        WECHAT_APP_ID: appId,
        WECHAT_APP_SECRET: 'a-secret',
        SESSION_KEY_SECRET: Buffer.alloc(32, 1).toString('base64'),
        LOG_LEVEL: 'info',
      }
      // As in a container without an init: the shell becomes a program that waits for no children.
      const parent = spawn('sh', ['-c', '"$@" & exec sleep 3600', 'sh', ...backendCommand], {
        env: { PATH: process.env.PATH, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      })
      const ended = once(parent, 'exit')
      try {
        await addressOf(parent)
        const lock = (await readdir(dataDir)).find((name) => name.startsWith('lock.'))
        const pid = Number(lock?.split('.')[1])
        process.kill(pid, 'SIGKILL')
        await expect.poll(() => readFile(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ')

        const config = readConfig({ ...env, LOG_LEVEL: 'silent' })
        const server = await startServer(config)
        expect((await fetch(`${server.url}/services`)).status).toBe(200)
        await server.close()
      } finally {
        process.kill(-parent.pid!, 'SIGKILL')
        await ended
      }
    },
  )
})
