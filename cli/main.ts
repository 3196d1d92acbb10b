import { createInterface } from 'node:readline/promises'
import { runCommand } from './command'
import { textsFor } from './language'

const { stdin, stdout, stderr } = process

/** Ctrl-C and Ctrl-D end the line without an answer; newer versions of Node reject then. */
async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: stdin, output: stdout })
  const closed = new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined)))
  const answer = await Promise.race([lines.question(question).catch(() => undefined), closed])
  lines.close()
  if (answer === undefined) stdout.write('\n')
  return answer ?? ''
}

process.exitCode = await runCommand(process.argv.slice(2), {
  root: process.cwd(),
  texts: textsFor(process.env, Intl.DateTimeFormat().resolvedOptions().locale),
  terminal: {
    print: (text) => void stdout.write(text),
    printError: (text) => void stderr.write(`${text.trimEnd()}\n`),
    hasColors: stdout.isTTY && stdout.hasColors(),
    ask: stdin.isTTY && stdout.isTTY ? ask : undefined,
  },
})
