// Whether the heap grows under load: it is read after a garbage collection, every tenth of the time.
import { printTable } from '../../scripts/table'
import { startCrowdWeChat } from '../../server/tests/support/crowdWeChat'
import { launchBackend, seedPostgres, type Place } from './backends'
import { addressOf, load, type Sending } from './load'
import { anyTokenOf } from './seed'

const minutes = Number(process.env.BENCH_MINUTES ?? 5)
const readings = 10
const sessions = 1000
const batch = { connections: 32, requests: 500 }

export async function measureMemory({ postgres, program }: Place): Promise<void> {
  const wechat = await startCrowdWeChat()
  const seeded = await seedPostgres(postgres, sessions)
  const options = ['--expose-gc']
  const server = await launchBackend(program, seeded, { wechatUrl: wechat.url, options })
  let sent = 0
  // One login for nine requests with a session.
  const next = (): Sending =>
    ++sent % 10 === 0
      ? {
          path: '/auth/login',
          from: addressOf(sent),
          json: { code: wechat.loginCode(`memory-${sent}`) },
        }
      : { path: '/me', token: anyTokenOf(sessions) }
  const rows = [['', 'requests', 'heap MB']]
  const length = (minutes * 60_000) / readings
  const begin = performance.now()
  for (let reading = 0; reading <= readings; reading++) {
    do await load(server.url, batch, next)
    while (performance.now() - begin < reading * length)
    const { heap } = await server.measure()
    const seconds = Math.round((performance.now() - begin) / 1000)
    rows.push([`${seconds} s`, sent.toLocaleString('en'), (heap / 1e6).toFixed(1)])
  }
  console.log('the heap, garbage aside')
  printTable(rows)
  await server.end('SIGTERM')
  await seeded.remove()
  await wechat.close()
}
