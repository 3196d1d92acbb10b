// `npm run backend`: the reference backend and the stand-in for WeChat's servers.
import { closeOnSignal, fail, portFrom, startStack } from './stack'

try {
  const stack = await startStack({
    port: portFrom('PORT', 3000),
    wechatPort: portFrom('WECHAT_PORT', 3100),
    dataDir: process.env.DATA_DIR || '.data',
    logLevel: 'info',
  })
  closeOnSignal(stack.close)
  console.log(`backend:          ${stack.backend.url}`)
  console.log(`WeChat stand-in:  ${stack.wechatUrl}`)
} catch (error) {
  fail(error)
}
