// `npm run conform -- http://localhost:8080`: checks a running backend.
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { readCommand, usage } from './options'
import { junitOf } from './report/junit'
import { tableOf } from './report/table'
import { exitCodeOf, runChecks } from './run'
import { CannotRun } from './verdicts'

try {
  const command = readCommand(process.argv.slice(2))
  if (command.is === 'help') console.log(usage)
  else {
    const { options, junit, codesFrom } = command
    console.log(`${options.baseUrl}, with login codes from ${codesFrom}\n`)
    const results = await runChecks({ ...options, run: randomBytes(4).toString('hex') })
    const isColoured = process.stdout.isTTY && !process.env.NO_COLOR
    console.log(tableOf(results, { isColoured }))
    if (junit !== undefined) writeFileSync(junit, junitOf(results))
    process.exitCode = exitCodeOf(results)
  }
} catch (error) {
  if (!(error instanceof CannotRun)) throw error
  console.error(error.message)
  process.exitCode = 2
}
