// The same small app three times, compiled from a copy of this project: a page that shows the backend's services.
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { copyProject } from '../../scripts/projectCopy'
import { buildApp } from '../../scripts/build'

export const apps = {
  guest: 'no sign-in: the request is sent without a token',
  byHand: 'sign-in by hand: wx.login, the backend, then the request',
  client: 'sign-in by watchword, with its sheet on the page',
} as const
export type AppName = keyof typeof apps

/** How a page asks for the services, and what else the app is made of. */
const parts: Record<AppName, { page: string; sheet: string; main: string }> = {
  guest: {
    page: `const ask = async () => (await uniRequest('/services', {})).data`,
    sheet: '',
    main: '',
  },
  byHand: {
    page: `
async function ask() {
  let token = uni.getStorageSync('token')
  if (!token) {
    const { code } = await uni.login()
    const answer = await uniRequest('/auth/login', { method: 'POST', data: { code } })
    token = answer.tokenState.accessToken
    uni.setStorageSync('token', token)
  }
  const answer = await uniRequest('/services', { header: { Authorization: 'Bearer ' + token } })
  return answer.data
}`,
    sheet: '',
    main: '',
  },
  client: {
    page: `
import { auth } from '../auth'
const ask = () => auth.request({ url: '/services' })`,
    sheet: '<AuthSheet />',
    main: `
app.use(createPinia())
app.use(createAuthPlugin(auth, {}))`,
  },
}

const pageOf = ({ page, sheet }: (typeof parts)[AppName]) => `<script setup lang="ts">
import { nextTick, ref } from 'vue'
${page}
const names = ref<string[]>([])
/** When the services were on the page, in ms since 1970. */
const shownAt = ref(0)
void ask().then(async (services: any) => {
  names.value = services.map(({ name }: { name: string }) => name)
  await nextTick()
  shownAt.value = Date.now()
})
async function uniRequest(path: string, options: object): Promise<any> {
  const { data } = await uni.request({ url: import.meta.env.VITE_API_BASE + path, ...options })
  return data
}
</script>
<template>
  <view>
    <view v-for="name in names" :key="name" class="service">{{ name }}</view>
    <view v-if="shownAt" class="shown-at">{{ shownAt }}</view>
    ${sheet}
  </view>
</template>
`

const mainOf = ({ main }: (typeof parts)[AppName]) => `import { createSSRApp } from 'vue'
import App from './App.vue'
${main && `import { createPinia } from 'pinia'\nimport { createAuthPlugin } from 'watchword'\nimport { auth } from './example/auth'`}
export function createApp() {
  const app = createSSRApp(App)
  ${main}
  return { app }
}
`

/** Compiles each of them into a folder of its own inside `folder`. */
export async function compileApps(
  folder: string,
  apiBase: string,
): Promise<Record<AppName, string>> {
  const project = await copyProject()
  const dists = {} as Record<AppName, string>
  try {
    for (const name of Object.keys(apps) as AppName[]) {
      const write = (file: string, text: string) => writeFile(join(project.folder, file), text)
      await write('pages.json', pagesJson)
      await write(
        'App.vue',
        '<style>page { color: #1c1f23 }</style><script>export default {}</script>\n',
      )
      await write('main.ts', mainOf(parts[name]))
      await write('example/home/home.vue', pageOf(parts[name]))
      dists[name] = join(folder, name)
      await buildApp('mp-weixin', { project: project.folder, apiBase, outDir: dists[name] })
      // What belongs to the example.
      await rm(join(dists[name], 'static'), { recursive: true, force: true })
    }
  } finally {
    await project.remove()
  }
  return dists
}

const pagesJson = JSON.stringify({
  easycom: { custom: { '^AuthSheet$': 'watchword/components/AuthSheet.vue' } },
  pages: [{ path: 'example/home/home', style: { navigationBarTitleText: '易搬家' } }],
})
