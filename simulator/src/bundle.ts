import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

let bundled: Promise<string> | undefined

/** The runtime as one script for the browser; built once a process. */
export function bundleRuntime(): Promise<string> {
  bundled ??= build({
    entryPoints: [fileURLToPath(new URL('./runtime/index.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
  }).then(({ outputFiles: [file] }) => file!.text)
  return bundled
}
