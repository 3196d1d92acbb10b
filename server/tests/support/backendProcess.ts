import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** The command line of the backend as a process; for its first option see backend.ts. */
export const backendCommand = [process.execPath, '--liftoff-only', '--import', 'tsx', main] as const

/** The address the backend says it listens at; rejects with what it complains of instead. */
export async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stdout || !child.stderr) throw new Error('the child has no output')
  const complaint = text(child.stderr)
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, url } = JSON.parse(line) as { msg: string; url: string }
    if (msg === 'listening') {
      child.stdout.resume()
      return url
    }
  }
  throw new Error(await complaint)
}
