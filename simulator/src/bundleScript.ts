import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const bundled = new Map<string, Promise<string>>()

/** `entry` (a path in this folder) and its imports as one script for the browser; built once. */
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
