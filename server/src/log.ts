import { pino, type DestinationStream, type Logger } from 'pino'
import type { ServerConfig } from './config'

export type { Logger }

/**
 * The backend's log: JSON lines to `destination`, standard output by default.
 * What is logged as `error` loses its message: messages of the database and of parsers quote data,
 * and a log may contain no token, code, session key or personal data.
 */
export function createLogger(
  level: ServerConfig['logLevel'],
  destination?: DestinationStream,
): Logger {
  const options = { level, base: null, serializers: { error: describeError } }
  return destination ? pino(options, destination) : pino(options)
}

interface ErrorDescription {
  name: string
  code?: unknown
  stack: string[]
  cause?: ErrorDescription
}

function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, stack: [] }
  const { stack = '', message } = error
  // Lines of the message may look like frames. Where it is not found, it has been changed since.
  const start = stack.lastIndexOf(message)
  const trace = start === -1 ? '' : stack.slice(start + message.length)
  const frames = trace.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name: error.name,
    ...('code' in error && { code: error.code }),
    stack: frames.map((line) => line.trim()),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  }
}
