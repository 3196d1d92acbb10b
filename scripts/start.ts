// `npm start`: the backend, WeChat's stand-in, and the workbench with the compiled mini-program: the
// example, or with `-- --dist <folder>` the reader's own.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { digestAppInputs } from './appInputs'
import { buildApp, type OAuthSetting } from './build'
import { keepBuild } from './keptBuild'
import { sayStillCompiling } from './sayStillCompiling'
import { serveFiles } from './serveFiles'
import { printProblem } from './problems'
import {
  closeOnSignal,
  fail,
  freePort,
  localHosts,
  portFrom,
  startStack,
  userInfoPolicyFrom,
} from './stack'

const usage = `npm start [-- --dist <folder>]

Opens the workbench with a mini-program, the reference backend and a stand-in for WeChat's servers.

  --dist     a folder compiled for mp-weixin, the one with app.json, whose app asks the reference
             backend (default: the example, which is compiled first)
  --help, -h prints this

An app with a backend of its own: npm run simulate -- --help.

Environment: PORT (3000), WECHAT_PORT (3100), SIMULATOR_PORT (3200), DATA_DIR (.data), USER_INFO_POLICY`

try {
  const { values } = parseArgs({
    options: { dist: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) {
    console.log(usage)
    process.exit()
  }
  const own = values.dist === undefined ? undefined : resolve(values.dist)
  const dataDir = process.env.DATA_DIR || '.data'
  // Loads while the backend starts.
  const loading = import('@watchword/simulator')
  // Throws for a folder that cannot be run, before anything is started.
  if (own !== undefined) (await loading).pack(own)
  const [stack, { bundleWorkbench, startServer: startSimulator }] = await Promise.all([
    startStack({
      port: portFrom('PORT', 3000),
      wechatPort: portFrom('WECHAT_PORT', 3100),
      dataDir,
      userInfoPolicy: userInfoPolicyFrom(),
      logLevel: 'warn',
    }),
    loading,
  ])
  // The backend has the data directory for itself; so has this process what it compiles there.
  const app = resolve(dataDir, 'app')
  const h5 = createH5(resolve(dataDir, 'h5'), {
    apiBase: stack.backend.url,
    dataDir,
    oauth: stack.oauth,
  })
  const [simulator] = await Promise.all([
    startSimulator({
      dist: own ?? join(app, 'mp-weixin'),
      port: await freePort(portFrom('SIMULATOR_PORT', 3200), localHosts),
      workbench: {
        wechat: stack.wechatUrl,
        backend: stack.backend.url,
        onProblem: printProblem,
        ...(own === undefined && {
          burstUrl: 'example/diagnostics/diagnostics?burst=100',
          h5: h5.open,
        }),
      },
    }),
    bundleWorkbench(() => console.log('compiling the workbench …')),
    own === undefined && compileExample(app, { apiBase: stack.backend.url, dataDir }),
  ])
  closeOnSignal(async () => {
    await simulator.close()
    await h5.close()
    await stack.close()
  })
  console.log(
    `\nopen ${simulator.url}\n\n` +
      `(backend ${stack.backend.url}, WeChat’s stand-in ${stack.wechatUrl}; Ctrl-C ends it all)`,
  )
} catch (error) {
  fail(error)
}

function compileExample(folder: string, options: { apiBase: string; dataDir: string }) {
  return keepBuild({
    folder,
    digestInputs: () => digestAppInputs(options),
    build(draft) {
      console.log(
        'compiling the mini-program: 10 to 30 s, and again only after its sources have changed …',
      )
      const outDir = join(draft, 'mp-weixin')
      return sayStillCompiling(buildApp('mp-weixin', { apiBase: options.apiBase, outDir }))
    },
  })
}

/** The example as a page in a browser: compiled when somebody opens it, so that no start waits for it. */
function createH5(
  folder: string,
  options: { apiBase: string; dataDir: string; oauth: OAuthSetting },
) {
  let served: ReturnType<typeof serveFiles> | undefined

  async function compileAndServe() {
    await keepBuild({
      folder,
      digestInputs: () => digestAppInputs(options),
      build(draft) {
        console.log('compiling the H5 page …')
        const { apiBase, oauth } = options
        return sayStillCompiling(buildApp('h5', { apiBase, oauth, outDir: draft }))
      },
    })
    return serveFiles(folder)
  }

  return {
    async open(): Promise<string> {
      served ??= compileAndServe()
      // What cannot be compiled now may be next time.
      served.catch(() => (served = undefined))
      return (await served).url
    },
    async close(): Promise<void> {
      const running = await served?.catch(() => undefined)
      running?.close()
    },
  }
}
