// Several backends on one PostgreSQL behind a balancer; one dies, another takes its place.
import { appId } from './people'
import type { ServerProcess, ServerProgram } from './serverProcess'
import { startRoundRobin } from './roundRobin'

export interface Fleet {
  /** Of the balancer. */
  url: string
  /** How many listen. */
  size(): number
  /** Kills the one that has lived longest; resolves when another listens in its place. */
  killOne(): Promise<void>
  close(): Promise<void>
}

export async function startFleet(
  program: ServerProgram,
  size: number,
  env: Record<string, string>,
): Promise<Fleet> {
  const balancer = await startRoundRobin()
  const members: ServerProcess[] = []
  async function add() {
    const member = await program.launch(env)
    members.push(member)
    balancer.add(member.url)
  }
  await Promise.all(Array.from({ length: size }, add))
  return {
    url: balancer.url,
    size: () => members.length,
    async killOne() {
      const victim = members.shift()
      if (!victim) throw new Error('nobody is left to kill')
      await victim.end('SIGKILL')
      await add()
      // Until then the balancer finds out by itself that nobody listens there.
      balancer.remove(victim.url)
    },
    async close() {
      await Promise.all(members.map((member) => member.end('SIGKILL')))
      await balancer.close()
    },
  }
}

/** The configuration of each. */
export function fleetEnvironment({
  databaseUrl,
  dataDir,
  wechatUrl,
}: {
  databaseUrl: string
  dataDir: string
  wechatUrl: string
}): Record<string, string> {
  return {
    PORT: '0',
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    WECHAT_API_BASE: wechatUrl,
    WECHAT_APP_ID: appId,
    WECHAT_APP_SECRET: 'a-secret',
    WECHAT_TIMEOUT: '60000',
    SESSION_KEY_SECRET: Buffer.alloc(32, 1).toString('base64'),
    // Everybody has the same address here.
    LIMIT_LOGINS: '1000000/1m',
  }
}
