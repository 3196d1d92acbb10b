// First logins, 200 at once, against logins of people who are known: they must not wait for each other.
import { printTable } from '../../scripts/table'
import { startCrowdWeChat } from '../../server/tests/support/crowdWeChat'
import { median } from '../rounds'
import { launchBackend, seedPostgres, type Place } from './backends'
import { addressOf, load, quantile } from './load'

const rounds = 5
const atOnce = { connections: 200, requests: 1000 }

interface Run {
  cpu: number
  perSecond: number
  p50: number
  p99: number
}

export async function measureLogins({ postgres, program }: Place): Promise<void> {
  const wechat = await startCrowdWeChat()
  const seeded = await seedPostgres(postgres, 1000)
  const server = await launchBackend(program, seeded, { wechatUrl: wechat.url })

  async function logIn(round: number): Promise<Run> {
    const before = await server.measure()
    const { perSecond, latencies } = await load(server.url, atOnce, (index) => ({
      path: '/auth/login',
      from: addressOf(index),
      json: { code: wechat.loginCode(`${round}-${index}`) },
    }))
    const after = await server.measure()
    const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)]
    return { cpu: (after.cpu - before.cpu) / atOnce.requests, perSecond, p50, p99 }
  }

  const first: Run[] = []
  const repeated: Run[] = []
  // The first round is for the compiler.
  for (let round = 0; round <= rounds; round++) {
    const runs = [await logIn(round), await logIn(round)] as const
    if (round === 0) continue
    first.push(runs[0])
    repeated.push(runs[1])
  }
  const shares = first.map(({ perSecond }, index) => perSecond / repeated[index]!.perSecond)
  console.log(`µs for a login, ${atOnce.connections} at once`)
  printTable([
    ['', 'processor', 'per second', 'p50', 'p99'],
    ['first', ...medians(first)],
    ['repeated', ...medians(repeated)],
  ])
  console.log(
    `first logins reach ${(median(shares) * 100).toFixed(0)} % of the repeated ones' rate`,
  )
  await server.end('SIGTERM')
  await seeded.remove()
  await wechat.close()
}

function medians(runs: Run[]): string[] {
  const names = ['cpu', 'perSecond', 'p50', 'p99'] as const
  return names.map((name) => median(runs.map((run) => run[name])).toFixed(0))
}
