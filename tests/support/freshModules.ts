// Test files share a process, and what it has compiled; not the state that modules keep, nor a clock
// that one of them has left standing.
import { vi } from 'vitest'

const real = Symbol.for('the real timers of the tests')
const kept = globalThis as { [real]?: object }

vi.useRealTimers()
kept[real] ??= {
  ...{ setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate, Date },
}
Object.assign(globalThis, kept[real])
vi.resetModules()
