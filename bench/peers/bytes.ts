import { gzipSync } from 'node:zlib'
import { sizesOf, type CompiledSizes } from '../../scripts/compiledSize'
import { measureCore } from '../../scripts/coreParts'
import { CONTENDERS } from './contender'
import { bundle } from './realm'

export interface Bytes {
  /** Minified and gzipped, with the login that the app writes for it. */
  gzipped: { module: string; bytes: number }[]
  /** watchword's core, minified. */
  parts: Record<string, number>
  /** The example app, compiled for WeChat; `null`: `npm run build:mp-weixin` has not been run. */
  app: CompiledSizes | null
}

export async function measureBytes(): Promise<Bytes> {
  const gzipped = []
  for (const contender of CONTENDERS) {
    const code = await bundle(contender, 'esm')
    gzipped.push({ module: contender.module, bytes: gzipSync(code, { level: 9 }).length })
  }
  const { parts } = await measureCore('production')
  const app = await sizesOf('dist/build/mp-weixin').catch(() => null)
  return { gzipped, parts: Object.fromEntries(parts), app }
}
