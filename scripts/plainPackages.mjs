// A module hook (https://nodejs.org/docs/latest-v20.x/api/module.html#loadurl-context-nextload) that
// keeps tsx from the packages: they are JavaScript already, and for it to parse them too takes a
// third of the time in which all is imported.
import { readFile } from 'node:fs/promises'

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  const { format } = context
  if (!url.includes('/node_modules/')) return nextLoad(url, context)
  if (format === 'module')
    return { format, source: await readFile(new URL(url)), shortCircuit: true }
  // Without a source Node's own loader of CommonJS reads it.
  if (format === 'commonjs') return { format, source: null, shortCircuit: true }
  return nextLoad(url, context)
}
