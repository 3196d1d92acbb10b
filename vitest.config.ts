import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// A limit is that of a hang: a machine that is ten times slower gives the same verdict. Hooks make
// databases and compile apps, which is work.
const patient = { testTimeout: 60_000, hookTimeout: 300_000, expect: { poll: { timeout: 60_000 } } }

const client = {
  plugins: [vue()],
  resolve: { alias: { '@dcloudio/uni-app': resolve('tests/support/pageHooks.ts') } },
}
const inThreads = {
  ...patient,
  env: { UNI_PLATFORM: 'mp-weixin' },
  pool: 'threads' as const,
  poolOptions: { threads: { isolate: false } },
  setupFiles: ['tests/support/freshModules.ts'],
}

export default defineConfig({
  test: {
    // Vitest starts its workers by these, whatever a project says.
    poolOptions: { threads: { isolate: false } },
    projects: [
      {
        ...client,
        test: {
          ...inThreads,
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          // It imports modules of axios without their extension, which bundlers find but Node does not.
          server: { deps: { inline: ['@uni-helper/axios-adapter', 'axios'] } },
        },
      },
      // The client on real backends.
      {
        ...client,
        test: {
          ...inThreads,
          name: 'backends',
          include: ['tests/{contract,backends}/**/*.test.ts'],
        },
      },
      {
        ...client,
        test: {
          ...inThreads,
          name: 'docs',
          include: ['tests/docs/**/*.test.ts'],
          // They compile what the documents show.
          testTimeout: patient.hookTimeout,
        },
      },
      {
        ...client,
        test: {
          ...inThreads,
          name: 'dialect',
          env: { ...inThreads.env, DIALECT: 'codeInBody' },
          include: ['tests/unit/auth/**/*.test.ts'],
        },
      },
      // The oldest and the newest Pinia that the package allows.
      ...['pinia-2.0', 'pinia-3'].map((pinia) => ({
        ...client,
        resolve: { alias: { ...client.resolve.alias, pinia } },
        test: { ...inThreads, name: pinia, include: ['tests/unit/store/**/*.test.ts'] },
      })),
      {
        ...client,
        test: { ...inThreads, name: 'properties', include: ['tests/properties/**/*.test.ts'] },
      },
      { test: { ...inThreads, name: 'exploration', include: ['tests/exploration/*.test.ts'] } },
      {
        test: {
          ...inThreads,
          name: 'every-order',
          include: ['tests/exploration/everyOrder/*.test.ts'],
        },
      },
      ...[
        { name: 'server', include: ['server/tests/*.test.ts'] },
        { name: 'server-processes', include: ['server/tests/processes/*.test.ts'] },
        {
          name: 'server-postgresql',
          include: ['server/tests/**/*.test.ts'],
          globalSetup: ['server/tests/support/postgres.ts'],
        },
      ].map((project) => ({
        test: {
          ...project,
          ...patient,
          // Some make databases, as hooks do.
          testTimeout: patient.hookTimeout,
          // One process for all: it compiles PGlite and makes the tables once, see support/backend.ts.
          pool: 'forks' as const,
          poolOptions: { forks: { singleFork: true, isolate: false } },
        },
      })),
      ...[
        { name: 'conform', include: ['conform/tests/*.test.ts'] },
        { name: 'conform-faults', include: ['conform/tests/faults/*.test.ts'] },
      ].map((project) => ({
        test: {
          ...project,
          ...patient,
          // One process for all: making the reference backend's database takes seconds.
          pool: 'forks' as const,
          poolOptions: { forks: { singleFork: true, isolate: false } },
        },
      })),
      {
        test: {
          name: 'simulator',
          // An `exclude` here would hide that of the command line.
          include: ['simulator/tests/**/!(*Libraries).test.ts'],
          ...patient,
          // One process for all: its tests share a browser, see support/sharedBrowser.ts.
          pool: 'forks',
          poolOptions: { forks: { singleFork: true, isolate: false } },
        },
      },
      {
        test: {
          name: 'libraries',
          include: ['simulator/tests/libraries/*Libraries.test.ts'],
          ...patient,
          // They compile libraries, and press some hundred things.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          poolOptions: { forks: { singleFork: true, isolate: false } },
        },
      },
      {
        test: {
          name: 'commands',
          globalSetup: ['tests/commands/support/setup.ts'],
          include: ['tests/commands/**/*.test.ts'],
          expect: { poll: { timeout: 60_000 } },
          // Most start npm scripts, and some compile: as long as a hang of one takes.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          poolOptions: { forks: { singleFork: true } },
        },
      },
      {
        test: {
          name: 'consumers',
          globalSetup: ['tests/commands/support/setup.ts'],
          include: ['tests/consumers/**/*.test.ts'],
          expect: { poll: { timeout: 60_000 } },
          // They download projects and their packages, and compile them.
          testTimeout: 600_000,
          hookTimeout: 1_800_000,
          poolOptions: { forks: { singleFork: true } },
        },
      },
      {
        test: {
          name: 'e2e',
          globalSetup: ['tests/e2e/support/services.ts'],
          pool: 'threads',
          poolOptions: { threads: { isolate: false } },
          include: ['tests/e2e/**/*.test.ts'],
          expect: { poll: { interval: 20, timeout: 60_000 } },
          // Whatever is waited for says after a minute what did not come.
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'h5',
          globalSetup: ['tests/h5/support/services.ts'],
          include: ['tests/h5/**/*.test.ts'],
          ...patient,
          testTimeout: 180_000,
          poolOptions: { forks: { singleFork: true, isolate: false } },
        },
      },
    ],
  },
})
