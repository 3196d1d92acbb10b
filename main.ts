import { createPinia } from 'pinia'
import { createSSRApp } from 'vue'
import App from './App.vue'
import { createAuthPlugin } from 'watchword'
import { auth } from './example/auth'
import { texts } from './example/language'
// #ifdef H5
import { takeWechatReturn } from './example/wechatReturn'

takeWechatReturn()
// #endif

export function createApp() {
  const app = createSSRApp(App)
  app.use(createPinia())
  app.use(
    createAuthPlugin(auth, {
      promptPage: '/example/prompt/prompt',
      appName: () => texts.value.appName,
      home: '/example/home/home',
    }),
  )
  return { app }
}
