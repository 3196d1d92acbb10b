// `npm run conform -- http://localhost:8080`: checks a running backend.
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { readCommand, usage } from './options'
import { junitOf } from './report/junit'
import { tableOf } from './report/table'
import { exitCodeOf, runChecks, type Result } from './run'
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
    process.exitCode = exitCodeOf(results)
    if (junit !== undefined) writeJunit(junit, results)
  }
} catch (error) {
  if (!(error instanceof CannotRun)) throw error
  console.error(error.message)
  process.exitCode = 2
}

/** @throws CannotRun where the file cannot be written */
function writeJunit(file: string, results: Result[]): void {
  try {
    writeFileSync(file, junitOf(results))
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error)
    throw new CannotRun(`--junit: ${fault}`, { cause: error })
  }
}
