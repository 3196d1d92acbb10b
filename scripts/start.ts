// `npm start`: the backend, WeChat's stand-in, and the workbench with the compiled mini-program: the
// example, or with `-- --dist <folder>` the reader's own.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pack, startServer as startSimulator } from '@watchword/simulator'
import { buildApp } from './build'
import { printProblem } from './problems'
import { closeOnSignal, fail, freePort, portFrom, startStack, userInfoPolicyFrom } from './stack'

try {
  const { values } = parseArgs({ options: { dist: { type: 'string' } } })
  const own = values.dist === undefined ? undefined : resolve(values.dist)
  // Throws for a folder that cannot be run, before anything is started.
  if (own !== undefined) pack(own)
  const dist = own ?? resolve('dist/start/mp-weixin')
  const stack = await startStack({
    port: portFrom('PORT', 3000),
    wechatPort: portFrom('WECHAT_PORT', 3100),
    dataDir: process.env.DATA_DIR || '.data',
    userInfoPolicy: userInfoPolicyFrom(),
    logLevel: 'warn',
  })
  const simulator = await startSimulator({
    dist,
    port: await freePort(portFrom('SIMULATOR_PORT', 3200)),
    workbench: {
      wechat: stack.wechatUrl,
      backend: stack.backend.url,
      onProblem: printProblem,
      ...(own === undefined && { burstUrl: 'example/diagnostics/diagnostics?burst=100' }),
    },
  })
  console.log(`compiling ${own === undefined ? 'the mini-program and ' : ''}the workbench …`)
  await Promise.all([
    own === undefined && buildApp('mp-weixin', { apiBase: stack.backend.url, outDir: dist }),
    // Asked for once, it is there when the page is opened.
    fetch(`${simulator.url}/workbench.js`),
  ])
  closeOnSignal(async () => {
    await simulator.close()
    await stack.close()
  })
  console.log(
    `\nopen ${simulator.url}\n\n` +
      `(backend ${stack.backend.url}, WeChat’s stand-in ${stack.wechatUrl}; Ctrl-C ends it all)`,
  )
} catch (error) {
  fail(error)
}
