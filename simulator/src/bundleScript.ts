import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const bundled = new Map<string, Promise<string>>()

/** What `entry` (a path in this folder) begins, as one script for the browser; built once a process. */
export function bundleScript(entry: string): Promise<string> {
  const known = bundled.get(entry)
  if (known) return known
  const made = build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
  }).then(({ outputFiles: [file] }) => file!.text)
  bundled.set(entry, made)
  return made
}
