import { expect, it } from 'vitest'
import { createModuleLoader } from '../src/runtime/modules'

it("the app's files share one globalThis, which is not their host's", () => {
  const sources = {
    'app.js': "globalThis.greeting = 'hello'; exports.seen = require('./page.js').seen",
    'page.js': 'exports.seen = [globalThis.greeting, globalThis.process]',
  }
  const appGlobal = {}
  const { seen } = createModuleLoader(sources, appGlobal).load('app.js') as { seen: unknown[] }
  expect(seen).toEqual(['hello', undefined])
  expect(appGlobal).toEqual({ greeting: 'hello' })
})

it('a file may declare names of the browser', () => {
  const sources = {
    'app.js': 'let globalThis = 1; const screen = 2; exports.sum = globalThis + screen',
  }
  expect(createModuleLoader(sources, {}).load('app.js')).toEqual({ sum: 3 })
})
