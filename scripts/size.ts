// Prints what the client core costs an app, and fails when it has grown.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** Bytes, gzipped: what was reached. Lower it when the core gets smaller. */
const LIMIT = 10_670

const { outputFiles } = await build({
  stdin: { contents: "export { createAuth } from './src/auth/auth'", resolveDir: process.cwd() },
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2020',
  define: { 'process.env.UNI_PLATFORM': '"mp-weixin"' },
  write: false,
})
const code = outputFiles[0]!.contents
const gzipped = gzipSync(code, { level: 9 }).length
console.log(`createAuth and all it needs: ${code.length} bytes minified, ${gzipped} gzipped`)

const app = 'dist/build/mp-weixin'
const bytes = await directorySize(app).catch(() => undefined)
if (bytes === undefined) console.log('the mini-program: not built (npm run build:mp-weixin)')
else console.log(`the compiled mini-program: ${bytes} bytes`)

if (gzipped > LIMIT) {
  console.error(`the client core has grown over ${LIMIT} bytes gzipped`)
  process.exitCode = 1
}

async function directorySize(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(
    files.map((file) => stat(join(file.parentPath, file.name)).then(({ size }) => size)),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
