import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** A compiled mini-program of a test's own. */
export interface AppFiles {
  dist: string
  remove(): void
}

/** Writes an app of these files, by name, into a temporary folder; all in `pages` are its pages. */
export function writeApp(
  pages: readonly string[],
  files: Readonly<Record<string, string>>,
  app: Record<string, unknown> = {},
): AppFiles {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'simulator-app-'))
  const dist = path.join(root, 'mp-weixin')
  const all = { 'app.json': JSON.stringify({ pages, ...app }), 'app.js': 'App({})', ...files }
  for (const [name, text] of Object.entries(all)) {
    fs.mkdirSync(path.dirname(path.join(dist, name)), { recursive: true })
    fs.writeFileSync(path.join(dist, name), text)
  }
  return { dist, remove: () => fs.rmSync(root, { recursive: true }) }
}
