// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, onMounted, type ComponentPublicInstance } from 'vue'
import type { PromptHost } from '../../../src/store/promptHosts'
import { createAuthPlugin, usePromptHost } from '../../../src/store/authStore'
import { createFakeAuth, phonePrompt } from './fakeAuth'

afterEach(() => void vi.unstubAllGlobals())

/** Pages as uni-app lists them: each knows the component it is made of. */
function createPages() {
  const auth = createFakeAuth()
  const open: { $vm: ComponentPublicInstance }[] = []
  vi.stubGlobal('getCurrentPages', () => open)
  vi.stubGlobal('uni', {})
  const plugins = [createPinia(), createAuthPlugin(auth)]

  /** Opens a page; its sheet is some components deep, and can come later. */
  function openPage({ hasSheet = true, isForDevelopment = false } = {}) {
    let host: PromptHost | undefined
    const Sheet = defineComponent(() => {
      host = usePromptHost()
      onMounted(host.shown)
      return () => h('i')
    })
    const Section = defineComponent(() => () => h('section', h(Sheet)))
    const page = mount(
      defineComponent({
        props: { hasSheet: Boolean },
        setup(props, { expose }) {
          // As `<script setup>` is compiled for development.
          if (isForDevelopment) expose()
          return () => h('main', props.hasSheet ? h(Section) : [])
        },
      }),
      { props: { hasSheet: false }, global: { plugins } },
    )
    open.push({ $vm: page.vm.$.proxy! })
    const addSheet = () => page.setProps({ hasSheet: true })
    return { addSheet, ready: hasSheet ? addSheet() : Promise.resolve(), host: () => host! }
  }

  return { auth, openPage }
}

describe('usePromptHost', () => {
  it('finds the page its component sits on, however deep', async () => {
    const { auth, openPage } = createPages()
    const page = openPage()
    await page.ready
    auth.set({ prompt: phonePrompt })
    expect(page.host().isActive).toBe(true)
    expect(auth.calls).toEqual([])
  })

  it('finds it in an app that is compiled for development', async () => {
    const { auth, openPage } = createPages()
    const page = openPage({ isForDevelopment: true })
    await page.ready
    auth.set({ prompt: phonePrompt })
    expect(page.host().isActive).toBe(true)
  })

  it('finds it although another page is on top by now', async () => {
    const { openPage } = createPages()
    const below = openPage({ hasSheet: false })
    const above = openPage()
    await above.ready
    await below.addSheet()
    expect([below.host().isActive, above.host().isActive]).toEqual([false, true])
  })
})
