// The tests of one area, as Stryker runs them for each mutant: see docs/mutation.md.
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { Tinypool } from 'tinypool'
import { defineConfig } from 'vitest/config'
import { areas } from './areas'
import { LastCatchersFirst, noteCatchers } from './order'

const area = areas[process.env.MUTATED ?? '']
if (!area) throw new Error('MUTATED names no area: run `npm run mutate`')

// Vitest begins each run in a new thread, where Stryker begins one for each mutant: that takes longer than most tests.
if (!area.isStateful) Tinypool.prototype.recycleWorkers = async () => {}

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@dcloudio/uni-app': resolve('tests/support/pageHooks.ts') } },
  test: {
    include: [area.tests],
    exclude: area.except,
    env: { UNI_PLATFORM: 'mp-weixin' },
    poolOptions: { threads: { isolate: false } },
    setupFiles: [
      'tests/mutation/setup.ts',
      ...(area.isStateful ? ['tests/support/freshModules.ts'] : []),
    ],
    // A test that waits for what a mutant never does is ended by the runner.
    runner: 'tests/mutation/runner.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
    sequence: { sequencer: LastCatchersFirst },
    reporters: [noteCatchers],
  },
})
