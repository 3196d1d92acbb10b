// `npm run backend`: the reference backend and the stand-in for WeChat's servers.
// With `-- --devtools` it also serves the mini-program in WeChat DevTools.
import { parseArgs } from 'node:util'
import { closeOnSignal, fail, portFrom, startStack, userInfoPolicyFrom } from './stack'

const usage = `npm run backend [-- --devtools]

Starts the reference backend and a stand-in for WeChat's servers.

  --devtools serves the mini-program in WeChat DevTools too
  --help, -h prints this

Environment: PORT (3000), WECHAT_PORT (3100), HOST (127.0.0.1), DATA_DIR (.data), USER_INFO_POLICY`

try {
  const { values } = parseArgs({
    options: {
      devtools: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    console.log(usage)
    process.exit()
  }
  const stack = await startStack({
    port: portFrom('PORT', 3000),
    wechatPort: portFrom('WECHAT_PORT', 3100),
    host: process.env.HOST || undefined,
    dataDir: process.env.DATA_DIR || '.data',
    userInfoPolicy: userInfoPolicyFrom(),
    logLevel: 'info',
    acceptsDevTools: values.devtools,
  })
  closeOnSignal(stack.close)
  console.log(`backend:          ${stack.backend.url}`)
  console.log(`WeChat stand-in:  ${stack.wechatUrl}`)
} catch (error) {
  fail(error)
}
