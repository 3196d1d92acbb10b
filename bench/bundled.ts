// Runs a measurement of time as an app would run it: bundled for WeChat, in production, minified.
// tsx alone would not do: it names every function when it is made, which costs more than a request.
import { build } from 'esbuild'

const [file] = process.argv.slice(2)
if (!file) throw new Error('usage: tsx bench/bundled.ts <file>')

const { outputFiles } = await build({
  entryPoints: [file],
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  define: {
    'process.env.UNI_PLATFORM': '"mp-weixin"',
    'process.env.NODE_ENV': '"production"',
  },
  write: false,
})
await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]!.text).toString('base64')}`)
