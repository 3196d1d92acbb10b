// `npm start`: the backend, WeChat's stand-in, and the workbench with the compiled mini-program.
import { resolve } from 'node:path'
import { startServer as startSimulator } from '@watchword/simulator'
import { buildApp } from './build'
import { printProblem } from './problems'
import { closeOnSignal, fail, freePort, portFrom, startStack, userInfoPolicyFrom } from './stack'

try {
  const dist = resolve('dist/start/mp-weixin')
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
      burstUrl: 'src/pages/diagnostics/diagnostics?burst=100',
      onProblem: printProblem,
    },
  })
  console.log('compiling the mini-program and the workbench …')
  await Promise.all([
    buildApp('mp-weixin', { apiBase: stack.backend.url, outDir: dist }),
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
