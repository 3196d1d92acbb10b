import { createPinia } from 'pinia'
import { createSSRApp } from 'vue'
import App from './App.vue'
import { createAuthPlugin } from './src/index'
import { auth } from './src/pages/auth'
import { texts } from './src/pages/language'

export function createApp() {
  const app = createSSRApp(App)
  app.use(createPinia())
  app.use(
    createAuthPlugin(auth, {
      promptPage: '/src/pages/prompt/prompt',
      appName: () => texts.value.appName,
    }),
  )
  return { app }
}
