// The backend as a process: configuration from the environment, SIGINT and SIGTERM close it.
import { ConfigError, readConfig } from './readConfig'
import { startServer } from './server'

try {
  const server = await startServer(readConfig(process.env))
  const close = () => void server.close()
  process.once('SIGINT', close)
  process.once('SIGTERM', close)
} catch (error) {
  const lines = error instanceof ConfigError ? error.faults : [faultOf(error)]
  for (const line of lines) console.error(line)
  process.exitCode = 1
}

function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE') return `port ${port} is taken: stop what uses it, or choose another`
  return error.message
}
