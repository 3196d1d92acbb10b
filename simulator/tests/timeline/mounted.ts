import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build, type Rollup } from 'vite'
import type { MiniProgramRecord } from '../../src/record'

const component = fileURLToPath(
  new URL('../../src/workbench/timeline/Timeline.vue', import.meta.url),
)

/** A page with nothing but the timeline; `window.show(records)` hands it other records. */
const entry = `
  import { createApp, h, shallowRef } from 'vue'
  import Timeline from ${JSON.stringify(component)}
  const records = shallowRef([])
  const language = document.documentElement.lang
  window.show = (now) => (records.value = now)
  createApp(() => h(Timeline, { records: records.value, language })).mount('#app')
`

/** Builds the component as the workbench does, and returns a document's text. */
export async function buildTimeline(): Promise<(language: 'zh' | 'en') => string> {
  const built = (await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      vue(),
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry.js' ? id : null),
        load: (id) => (id === 'entry.js' ? entry : null),
      },
    ],
    build: { write: false, minify: false, rollupOptions: { input: 'entry.js' } },
  })) as Rollup.RollupOutput
  const style = built.output.map((one) => (one.type === 'asset' ? String(one.source) : ''))
  const script = built.output.map((one) => (one.type === 'chunk' ? one.code : ''))
  return (language) => `<!doctype html><html lang="${language}"><meta charset="utf-8">
    <style>html,body,#app{height:100%;margin:0}${style.join('\n')}</style><div id="app"></div>
    <script type="module">${script.join('\n').replaceAll('</script', '<\\/script')}</script></html>`
}

/** Hands these records to the timeline on the page, and waits until they are drawn. */
export async function show(page: Page, records: readonly MiniProgramRecord[]): Promise<void> {
  await page.evaluate((now) => {
    ;(window as unknown as { show: (records: readonly unknown[]) => void }).show(now)
  }, records)
  // One frame to tell the story anew, one to draw it, one to follow it.
  for (let frame = 0; frame < 3; frame++) {
    await page.evaluate(() => new Promise(requestAnimationFrame))
  }
}
