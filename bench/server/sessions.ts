// What a checked session costs when there are many, beside the same select without a backend (pgbench).
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { drizzle } from 'drizzle-orm/node-postgres'
import { printTable } from '../../scripts/table'
import { selectSession } from '../../server/src/storedSession'
import { launchBackend, seedPglite, seedPostgres, type Place, type Seeded } from './backends'
import { compare } from './cases'
import { anyTokenOf, hashOf } from './seed'

const sizes = [1000, 100_000, 1_000_000]
/** Until its connection has read most pages of the largest once: the first time costs the most. */
const pgbenchSeconds = 40

export async function measureSessions({ postgres, program }: Place): Promise<void> {
  const seeds: { where: string; seeded: Seeded }[] = []
  for (const size of sizes) {
    seeds.push({ where: 'PostgreSQL', seeded: await seedPostgres(postgres, size) })
    seeds.push({ where: 'PGlite', seeded: await seedPglite(size) })
  }
  const cases = await Promise.all(
    seeds.map(async ({ where, seeded }) => ({
      name: `${where}, ${seeded.sessions.toLocaleString('en')} sessions`,
      server: await launchBackend(program, seeded),
      next: () => ({ path: '/me', token: anyTokenOf(seeded.sessions) }),
    })),
  )
  const figures = await compare(cases)
  console.log('µs for /me')
  printTable([
    ['', 'processor', 'per second', 'p50', 'p99', 'alone'],
    ...[...figures].map(([{ name }, { cpu, perSecond, p50, p99, alone }]) => [
      name,
      ...[cpu, perSecond, p50, p99, alone].map((figure) => figure.toFixed(0)),
    ]),
  ])
  await Promise.all(cases.map(({ server }) => server.end('SIGTERM')))

  const rows: string[][] = []
  for (const { seeded } of seeds) {
    if (!seeded.url) continue
    const [average, perSecond] = await pgbench(postgres.programs, seeded.url, seeded.sessions)
    rows.push([`${seeded.sessions.toLocaleString('en')} sessions`, average, perSecond])
  }
  console.log('\nthe same select in pgbench, one connection')
  printTable([['', 'average µs', 'per second'], ...rows])
  await Promise.all(seeds.map(({ seeded }) => seeded.remove()))
}

async function pgbench(programs: string, url: string, size: number): Promise<[string, string]> {
  const folder = await mkdtemp(join(tmpdir(), 'watchword-pgbench-'))
  const script = join(folder, 'select.sql')
  const { sql } = selectSession(drizzle.mock()).getQuery()
  const select = sql.replace('$1', hashOf("'bench-' || :number")).replace('$2', 'now()')
  await writeFile(script, `\\set number random(1, ${size})\n${select};\n`)
  const options = ['-n', '-M', 'prepared', '-c', '1', '-T', String(pgbenchSeconds)]
  const { stdout } = await promisify(execFile)(join(programs, 'pgbench'), [
    ...options,
    ...['-f', script, url],
  ])
  await rm(folder, { recursive: true })
  const average = /latency average = ([\d.]+) ms/.exec(stdout)?.[1]
  const perSecond = /tps = ([\d.]+)/.exec(stdout)?.[1]
  return [(Number(average) * 1000).toFixed(0), Number(perSecond).toFixed(0)]
}
