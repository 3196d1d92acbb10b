import { createHash } from 'node:crypto'
import { relative, sep } from 'node:path'
import type { OAuthSetting } from './build'
import { digestFile, digestFiles } from '../simulator/src/digestFiles'

/** At the root; no build of the mini-program reads them. Files such as .env.local it does read. */
const unrelated =
  /^((\..+|bench|coverage|dist|docs|node_modules|server|simulator|tests|unpackage)\/|.+\.(md|log|tgz))$/

/**
 * A digest of all that the compiled mini-program depends on: the project's files without `dataDir`,
 * the installed packages, and the environment. What is not known to be unrelated counts: too much
 * costs a build, too little serves a stale app.
 */
export function digestAppInputs(options: {
  apiBase: string
  dataDir: string
  oauth?: OAuthSetting
}): string {
  const data = `${relative('.', options.dataDir).split(sep).join('/')}/`
  const inputs = {
    node: process.version,
    apiBase: options.apiBase,
    oauth: options.oauth,
    // Vite compiles the first into the app; uni reads the others.
    environment: Object.entries(process.env)
      .filter(([name]) => /^(VITE|UNI)_/.test(name))
      .sort(),
    // npm's record of what is installed; package-lock.json is ahead of it until `npm install`.
    packages: digestFile('node_modules/.package-lock.json'),
    files: digestFiles('.', (path) => path !== data && !unrelated.test(path)),
  }
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex')
}
