// `npm run simulate -- --dist path`: the workbench with any mini-program compiled for mp-weixin, and a
// stand-in for WeChat's servers that the app's own backend can be pointed at.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bundleWorkbench, createWechat, startServer } from '@watchword/simulator'
import { printProblem } from './problems'
import { closeOnSignal, fail, freePort, localHosts, portFrom } from './stack'

const usage = `npm run simulate -- --dist <folder> [--backend <url>] [--burst <page?query>] [--appid <id>]

  --dist     a folder compiled for mp-weixin: the one with app.json; or a mini-program in WeChat's own
             languages, or its project (project.config.json)
  --backend  base URL of the app's backend, e.g. http://127.0.0.1:8080/api; persons it knows already,
             and ending tokens, need it
  --burst    a page that ends its token at the backend and then sends a burst of requests,
             e.g. pages/diagnostics/diagnostics?burst=100
  --appid    the AppID for which the stand-in answers (default: touristappid)

This project's own backend asks another stand-in: npm start -- --dist <folder> opens an app with it.

Environment: SIMULATOR_PORT (3200), WECHAT_PORT (3100), WECHAT_APP_SECRET`

try {
  const { values } = parseArgs({
    options: {
      dist: { type: 'string' },
      backend: { type: 'string' },
      burst: { type: 'string' },
      appid: { type: 'string', default: 'touristappid' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    console.log(usage)
    process.exit()
  }
  if (values.dist === undefined) throw new Error(usage)
  const backend = values.backend?.replace(/\/+$/, '')
  if (
    backend !== undefined &&
    !/^https?:$/.test(URL.canParse(backend) ? new URL(backend).protocol : '')
  ) {
    throw new Error(
      `--backend must be an address such as http://127.0.0.1:8080, not ${values.backend}`,
    )
  }
  const appSecret = process.env.WECHAT_APP_SECRET || 'stand-in'
  const wechat = createWechat({ appId: values.appid, appSecret })
  const wechatUrl = await wechat.start(await freePort(portFrom('WECHAT_PORT', 3100)))
  const simulator = await startServer({
    dist: resolve(values.dist),
    port: await freePort(portFrom('SIMULATOR_PORT', 3200), localHosts),
    workbench: {
      wechat: wechatUrl,
      onProblem: printProblem,
      ...(backend !== undefined && { backend }),
      ...(values.burst !== undefined && { burstUrl: values.burst }),
    },
  })
  closeOnSignal(async () => {
    await simulator.close()
    await wechat.close()
  })
  // Else the first visitor waits for it, in front of an empty page.
  await bundleWorkbench(() => console.log('compiling the workbench …'))
  console.log(`\nopen ${simulator.url}\n`)
  console.log(`The app's backend asks ${wechatUrl} in place of https://api.weixin.qq.com,`)
  const secret = process.env.WECHAT_APP_SECRET ? 'of WECHAT_APP_SECRET' : appSecret
  console.log(`with the AppID ${values.appid} and the secret ${secret}. Ctrl-C ends it all.`)
} catch (error) {
  fail(error)
}
