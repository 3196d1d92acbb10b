// Prints what the client core costs an app, and fails when it has grown.
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { sizesOf } from './compiledSize'

/** Bytes, gzipped: what was reached. Lower it when the core gets smaller. */
const LIMIT = 10_770

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

const sizes = await sizesOf('dist/build/mp-weixin').catch(() => undefined)
if (!sizes) console.log('the mini-program: not built (npm run build:mp-weixin)')
else {
  const { whole, client, components } = sizes
  console.log(`the compiled mini-program: ${whole} bytes,`)
  console.log(`  of it client, navigation, permissions and store ${client},`)
  console.log(`  components, forms and their texts ${components}`)
}

if (gzipped > LIMIT) {
  console.error(`the client core has grown over ${LIMIT} bytes gzipped`)
  process.exitCode = 1
}
