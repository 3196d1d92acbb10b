import { end, perform, type Schedule } from './steps'
import { createWorld } from './createWorld'
import type { World } from './world'

/** Goes through a schedule. @throws with what went wrong, and everything that led to it */
export async function explore(given: Schedule): Promise<void> {
  const { stackTraceLimit } = Error
  // Most of the time would go into the traces of errors that the client makes as it should.
  Error.stackTraceLimit = 0
  try {
    await goThrough(given)
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

async function goThrough({ setting, steps, ending }: Schedule): Promise<void> {
  const world = createWorld(setting)
  const { journal } = world

  for (const { pause, ...deed } of steps) {
    journal.push([...Object.values(deed), ...(pause < 0 ? [] : [`(${pause} microtasks)`])])
    await perform(world, deed)
    if (pause < 0) await world.settle()
    else {
      world.isSettled = false
      for (let i = 0; i < pause; i++) await Promise.resolve()
    }
    failIn(world)
  }
  await world.settle()
  failIn(world)
  journal.push([ending === 'silence' ? 'nothing answers any more' : 'the end of all trouble'])
  const limit = await end(world, ending)
  failIn(world)
  const { pending } = world.app
  if (pending.length > 0) {
    failIn(
      world,
      `${limit} ms later these still wait: ${pending.map(({ name }) => name).join(', ')}`,
    )
  }
}

/** @throws if something is wrong, with all that has happened */
export function failIn({ faults: [fault], journal }: World, more = fault): void {
  if (more !== undefined) throw new Error([`${more}, after`, ...journal.map(wordsOf)].join('\n'))
}

const wordsOf = (entry: readonly unknown[]) =>
  entry.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one))).join(' ')
