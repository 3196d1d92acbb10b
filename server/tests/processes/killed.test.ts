// Backends that die in mid-work: what they have confirmed stays, and is there once.
// `npm run chaos:server` does the same for a minute.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { startCrowd } from '../support/crowd'
import { startCrowdWeChat } from '../support/crowdWeChat'
import { fleetEnvironment, startFleet } from '../support/fleet'
import { findDiscrepancies } from '../support/kept'
import { bundleProgram } from '../support/serverProcess'
import { createDatabase } from '../support/testDatabase'

const nothing = {
  peopleLost: 0,
  peopleDoubled: 0,
  bookingsLost: 0,
  bookingsDoubled: 0,
  sessionsLost: 0,
}

describe.runIf(inject('postgresUrl'))('three processes on one PostgreSQL', () => {
  it('lose and double nothing when one after the other is killed, then all their connections', async () => {
    const databaseUrl = (await createDatabase())!
    const dataDir = await mkdtemp(join(tmpdir(), 'watchword-'))
    const wechat = await startCrowdWeChat()
    const program = await bundleProgram()
    const env = fleetEnvironment({ databaseUrl, dataDir, wechatUrl: wechat.url })
    const fleet = await startFleet(program, 3, env)
    try {
      const crowd = startCrowd(fleet.url, wechat)
      for (let kill = 0; kill < 3; kill++) {
        await crowd.answered(40)
        await crowd.recovered()
        await fleet.killOne()
      }
      expect(crowd.mostRetries()).toBeLessThanOrEqual(1)

      await crowd.answered(40)
      await endConnections(databaseUrl)
      await crowd.answered(40)
      await crowd.finish()
      expect(crowd.people.length).toBeGreaterThan(10)
      expect(await findDiscrepancies(databaseUrl, crowd.people)).toEqual(nothing)
    } finally {
      await fleet.close()
      await wechat.close()
      await program.remove()
      await rm(dataDir, { recursive: true, force: true })
    }
    // A hang: it starts six processes.
  }, 300_000)
})

async function endConnections(databaseUrl: string): Promise<void> {
  const client = new Client(databaseUrl)
  await client.connect()
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  )
  await client.end()
}
