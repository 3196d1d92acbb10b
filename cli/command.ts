import { parseArgs } from 'node:util'
import { InitError } from './errors'
import { planInit, type Plan } from './plan'
import { findProject } from './project'
import { readProject } from './readProject'
import { colored, diffOf, handList, plain, stepList } from './report'
import type { Texts } from './texts'
import { writeAll } from './writeAll'

/** Where the command prints, and whom it asks. */
export interface Terminal {
  print(text: string): void
  printError(text: string): void
  hasColors: boolean
  /** Undefined if nobody sits there. */
  ask: ((question: string) => Promise<string>) | undefined
}

/** What the process ends with; the help text explains it. */
export const exitCodes = { complete: 0, unchanged: 1, wrongUsage: 2, linesLeft: 3 } as const

export interface CommandOptions {
  /** The project's folder. */
  root: string
  texts: Texts
  terminal: Terminal
}

/** Runs `watchword` with its arguments. Resolves to the exit code. */
export async function runCommand(args: string[], options: CommandOptions): Promise<number> {
  const { texts, terminal } = options
  const command = readArguments(args)
  switch (command.is) {
    case 'help':
      terminal.print(texts.help)
      return exitCodes.complete
    case 'wrong':
      if (command.message) terminal.printError(`${command.message}\n`)
      terminal.printError(texts.help)
      return exitCodes.wrongUsage
    case 'init':
      try {
        return await init(command, options)
      } catch (error) {
        if (!(error instanceof InitError)) throw error
        terminal.printError(texts.problem(error.problem))
        return exitCodes.unchanged
      }
  }
}

interface InitCommand {
  is: 'init'
  /** Whether to write: ask, or not at all. */
  write: 'ask' | 'yes' | 'no'
}

/** Its message is Node's. */
interface WrongUsage {
  is: 'wrong'
  message?: string
}

function readArguments(args: string[]): InitCommand | { is: 'help' } | WrongUsage {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        yes: { type: 'boolean', short: 'y' },
        'dry-run': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) return { is: 'help' }
    const [command, ...more] = positionals
    if (command !== 'init' || more.length > 0) return { is: 'wrong' }
    return { is: 'init', write: values['dry-run'] ? 'no' : values.yes ? 'yes' : 'ask' }
  } catch (error) {
    return { is: 'wrong', message: (error as Error).message }
  }
}

async function init({ write }: InitCommand, options: CommandOptions): Promise<number> {
  const { root, texts, terminal } = options
  const plan = planInit(findProject(await readProject(root)))
  showPlan(plan, options)
  const count = plan.changes.length
  if (write === 'no') return exitCodes.complete
  if (count > 0) {
    if (write === 'ask' && !terminal.ask) {
      terminal.printError(texts.notAsked)
      return exitCodes.unchanged
    }
    const answer = write === 'yes' ? texts.yes[0]! : await terminal.ask!(texts.confirm(count))
    if (!texts.yes.includes(answer.trim().toLowerCase())) {
      terminal.printError(texts.unchanged)
      return exitCodes.unchanged
    }
    await writeAll(root, plan.changes)
    terminal.print(`${texts.done(count)}\n`)
  }
  if (plan.steps.length > 0) terminal.print(`\n${stepList(plan.steps, texts)}\n`)
  return plan.byHand.length > 0 ? exitCodes.linesLeft : exitCodes.complete
}

function showPlan({ changes, byHand }: Plan, { texts, terminal }: CommandOptions): void {
  const paint = terminal.hasColors ? colored : plain
  if (changes.length > 0) {
    const diffs = changes.map((change) => diffOf(change, paint))
    terminal.print(`${[texts.wouldChange, ...diffs].join('\n\n')}\n\n`)
  }
  if (byHand.length > 0) terminal.print(`${handList(byHand, texts, paint)}\n\n`)
  if (changes.length === 0 && byHand.length === 0) terminal.print(`${texts.allThere}\n`)
}
