import { createPinia } from 'pinia'
import { createSSRApp } from 'vue'
import App from './App.vue'
import { createAuthPlugin } from './src/index'
import { auth } from './src/pages/auth'

export function createApp() {
  const app = createSSRApp(App)
  app.use(createPinia())
  app.use(createAuthPlugin(auth, { promptPage: '/src/pages/prompt/prompt' }))
  return { app }
}
