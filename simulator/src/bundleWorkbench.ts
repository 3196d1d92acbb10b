import { fileURLToPath } from 'node:url'
import { keptOutput } from './keptOutput'

/** The workbench's page as the browser loads it. */
export interface BundledWorkbench {
  script: string
  styles: string
}

let bundled: Promise<BundledWorkbench> | undefined

/**
 * The workbench, compiled once for each state of its sources, and only when somebody wants it.
 * `onCompile` is called where that begins now: it takes some seconds.
 */
export function bundleWorkbench(onCompile?: () => void): Promise<BundledWorkbench> {
  bundled ??= keptOutput('workbench', () => {
    onCompile?.()
    return compile()
  })
  return bundled
}

async function compile(): Promise<BundledWorkbench> {
  // Loading Vite takes longer than the engine's whole start, and driven runs need none of it.
  const [{ build }, { default: vue }] = await Promise.all([
    import('vite'),
    import('@vitejs/plugin-vue'),
  ])
  const root = fileURLToPath(new URL('workbench', import.meta.url))
  const built = await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    mode: 'production',
    plugins: [vue({ isProduction: true })],
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: {
      write: false,
      target: 'es2022',
      cssCodeSplit: false,
      modulePreload: false,
      reportCompressedSize: false,
      rollupOptions: {
        input: `${root}/main.ts`,
        output: { inlineDynamicImports: true },
        // zod's annotations are for another bundler.
        onwarn: (warning, warn) => warning.code !== 'INVALID_ANNOTATION' && warn(warning),
      },
    },
  })
  const [result] = [built].flat()
  if (!result || !('output' in result)) throw new Error('the workbench was not built')
  let [script, styles] = ['', '']
  for (const file of result.output) {
    if (file.type === 'chunk') script = file.code
    else if (file.fileName.endsWith('.css')) styles = String(file.source)
  }
  return { script, styles }
}
