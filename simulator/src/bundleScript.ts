import { fileURLToPath } from 'node:url'
import { keptOutput } from './keptOutput'

const bundled = new Map<string, Promise<string>>()

/**
 * What `entry` (a path in this folder) begins, as one script for the browser; built once for each
 * state of the sources.
 */
export function bundleScript(entry: string): Promise<string> {
  const known = bundled.get(entry)
  if (known) return known
  const made = keptOutput(entry.replaceAll('/', '-'), () => build(entry))
  bundled.set(entry, made)
  return made
}

async function build(entry: string): Promise<string> {
  const esbuild = await import('esbuild')
  const { outputFiles } = await esbuild.build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    write: false,
    // Phones parse it at each start; names stay, for the stacks of errors.
    minifyWhitespace: true,
    minifySyntax: true,
    format: 'iife',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  return outputFiles[0]!.text
}
