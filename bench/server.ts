// `npm run bench:server [routes] [sessions] [logins] [memory]`: what the backend costs, all parts or those
// that are named. See "What it costs" in docs/backend.md.
import { startPostgres } from '../server/tests/support/postgres'
import { bundleProgram } from '../server/tests/support/serverProcess'
import { measureLogins } from './server/logins'
import { measureMemory } from './server/memory'
import { measureRoutes } from './server/routes'
import { measureSessions } from './server/sessions'

const parts = {
  routes: measureRoutes,
  sessions: measureSessions,
  logins: measureLogins,
  memory: measureMemory,
}

const named = process.argv.slice(2)
// A million sessions and their people fit: by default, most of them would be read from files.
const postgres = await startPostgres({ shared_buffers: '1GB' })
const program = await bundleProgram()
try {
  for (const [name, measure] of Object.entries(parts)) {
    if (named.length === 0 || named.includes(name)) await measure({ postgres, program })
  }
} finally {
  await program.remove()
  await postgres.stop()
}
