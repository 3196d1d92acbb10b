import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const quiet = { env: { UNI_PLATFORM: 'mp-weixin' } }

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [vue()],
        test: {
          ...quiet,
          name: 'unit',
          include: ['tests/{unit,properties,contract}/**/*.test.ts'],
        },
      },
      { test: { name: 'server', include: ['server/tests/**/*.test.ts'] } },
      {
        test: {
          name: 'simulator',
          include: ['simulator/tests/**/*.test.ts'],
          // Most of them drive a browser, and several files run at once.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'commands',
          include: ['tests/commands/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
          poolOptions: { forks: { singleFork: true } },
        },
      },
      {
        test: {
          name: 'e2e',
          globalSetup: ['tests/e2e/support/build.ts'],
          pool: 'forks',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
