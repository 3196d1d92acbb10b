import { moduleScheme } from '../moduleWrapper'
import type { PageMessage } from '../wire'
import type { Bridge } from './bridge'
import type { Lifecycle } from './lifecycle'
import { placeInStack } from './placeInStack'

type Problem = Extract<PageMessage, { type: 'problem' }>['problem']

/** What went wrong before all else. */
export interface FirstError {
  /** One line. */
  message: string
  /** See `placeInStack`. */
  place?: string
}

/** Reports what is wrong with the app: to the console, the host and the app itself. */
export interface ProblemReports {
  /**
   * An error that the simulator caught where the app's own code ran; `component` is the path of the
   * one it was in, which is said where the stack leads to no file of the app.
   */
  onError(error: unknown, component?: string): void
  /** A function of `wx` or a `<tag>` that is not modelled; reported once for each name. */
  onMissing(name: string, message: string): void
  /** A mistake that WeChat only warns of; reported once for each message. */
  onMistake(message: string): void
  /** A file that the packer found to be broken. */
  onBrokenFile(file: string, message: string): void
  /** Undefined as long as there is none. */
  readonly firstError: FirstError | undefined
  /** Reports from now on also the errors and rejections that nobody catches. */
  watchWindow(): void
}

const describe = (reason: unknown) => {
  if (reason instanceof Error) return reason.stack ?? reason.message
  try {
    return typeof reason === 'object' ? JSON.stringify(reason) : String(reason)
  } catch {
    // Circular, as a page or an event is.
    return String(reason)
  }
}

const describeIn = (error: unknown, component: string | undefined) => {
  const text = describe(error)
  if (component === undefined || text.includes(moduleScheme)) return text
  return text.replace(/$/m, ` (in ${component})`)
}

const problemOf = (text: string) => {
  const [message = '', ...lines] = text.split('\n')
  const stack = lines.join('\n')
  return { type: 'error' as const, message, ...(stack && { stack }) }
}

const firstErrorOf = ({ message, stack = '' }: Problem): FirstError => {
  const place = placeInStack(stack)
  return place === undefined ? { message } : { message, place }
}

/** `tellApp` hands an event to the app's own error handlers. */
export function createProblemReports(
  bridge: Pick<Bridge, 'tell'>,
  tellApp: Lifecycle['tell'],
): ProblemReports {
  const missing = new Set<string>()
  const mistakes = new Set<string>()
  let firstError: FirstError | undefined
  const tell = (problem: Problem) => {
    if (problem.type !== 'unanswered') firstError ??= firstErrorOf(problem)
    bridge.tell({ type: 'problem', problem })
  }
  return {
    get firstError() {
      return firstError
    },
    onError(error, component) {
      const text = describeIn(error, component)
      console.error(text)
      tell(problemOf(text))
      tellApp('Error', text)
    },
    onMissing(name, message) {
      if (missing.has(name)) return
      missing.add(name)
      console.warn(message)
      tell({ type: 'unanswered', name, message })
    },
    onMistake(message) {
      if (mistakes.has(message)) return
      mistakes.add(message)
      console.warn(message)
      // Not by `tell`: what keeps a screen blank is an error, and this none.
      bridge.tell({ type: 'problem', problem: { type: 'error', message } })
    },
    onBrokenFile(file, message) {
      const line = `${file}: ${message}`
      console.error(line)
      tell({ type: 'compiled', message: line })
    },
    watchWindow() {
      addEventListener('error', ({ error, message }) => {
        tell(problemOf(describe(error ?? message)))
        tellApp('Error', describe(error ?? message))
      })
      addEventListener('unhandledrejection', (event) => {
        // The browser would print "[object Object]" for what WeChat's APIs reject with.
        event.preventDefault()
        console.error(`Unhandled promise rejection: ${describe(event.reason)}`)
        tell(problemOf(describe(event.reason)))
        tellApp('UnhandledRejection', { reason: event.reason, promise: event.promise })
      })
    },
  }
}
