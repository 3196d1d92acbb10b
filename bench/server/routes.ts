// What a checked session costs beside the route for guests, and beside a route that does nothing.
import { fileURLToPath } from 'node:url'
import { printTable } from '../../scripts/table'
import { bundleProgram } from '../../server/tests/support/serverProcess'
import { launchBackend, seedPglite, seedPostgres, type Place } from './backends'
import { compare, type Case } from './cases'
import { anyTokenOf } from './seed'

const sessions = 1000

export async function measureRoutes({ postgres, program }: Place): Promise<void> {
  const bareProgram = await bundleProgram(fileURLToPath(new URL('bare.ts', import.meta.url)))
  const seeds = [await seedPostgres(postgres, sessions), await seedPglite(sessions)] as const
  const bare = await bareProgram.launch({})
  const onPostgres = await launchBackend(program, seeds[0])
  const onPglite = await launchBackend(program, seeds[1])

  const checked = (path: string) => () => ({ path, token: anyTokenOf(sessions) })
  const guest: Case = { name: 'guest', server: onPostgres, next: () => ({ path: '/services' }) }
  const figures = await compare([
    { name: 'a route that does nothing', server: bare, next: () => ({ path: '/' }) },
    guest,
    { name: 'the same with a session', server: onPostgres, next: checked('/services') },
    { name: '/me', server: onPostgres, next: checked('/me') },
    { name: '/me on PGlite', server: onPglite, next: checked('/me') },
  ])
  const base = figures.get(guest)!
  console.log('µs; the processor of the backend alone')
  printTable([
    ['', 'processor', '× guest', 'per second', 'p50', 'p99', 'alone', 'more than guest'],
    ...[...figures].map(([{ name }, { cpu, perSecond, p50, p99, alone }]) => [
      name,
      ...[cpu.toFixed(0), (cpu / base.cpu).toFixed(2)],
      ...[perSecond, p50, p99, alone, alone - base.alone].map((figure) => figure.toFixed(0)),
    ]),
  ])

  await Promise.all([bare, onPostgres, onPglite].map((one) => one.end('SIGTERM')))
  await Promise.all(seeds.map((one) => one.remove()))
  await bareProgram.remove()
}
