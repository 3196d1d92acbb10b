// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { AuthError, HttpError, type RequestError } from '../../../src/auth/errors'
import { createAuthPlugin } from '../../../src/store/authStore'
import { page } from '../../support/pageHooks'
import { createFakeAuth } from '../store/fakeAuth'

// The app's client reads what is stored as soon as it is there.
vi.stubGlobal('uni', { getStorageSync: () => '', setNavigationBarTitle() {} })
vi.stubGlobal('getCurrentPages', () => [{ route: 'example/profile/profile' }])
const { auth } = await import('../../../example/auth')
const { default: Profile } = await import('../../../example/profile/profile.vue')

beforeEach(() => page.forget())

const ProfileForm = defineComponent({ emits: ['submit'], template: '<form />' })
const ProfileRows = defineComponent({ emits: ['edit'], template: '<view />' })

/** What the page says where this comes of saving. */
async function toldOf(error: RequestError): Promise<string> {
  vi.spyOn(auth, 'request').mockImplementation(() => Promise.resolve({}) as never)
  const client = createFakeAuth()
  client.set({ tokenState: { accessToken: 't', expiresIn: 60 } as never })
  client.submitUserInfo = () => Promise.reject(error)
  const profile = mount(Profile, {
    global: {
      plugins: [createPinia(), createAuthPlugin(client)],
      components: { ProfileForm },
      stubs: { AskSheet: true, PrivacyNote: true, ProfileRows },
    },
  })
  page.run('onShow')
  await flushPromises()
  profile.findComponent(ProfileRows).vm.$emit('edit')
  await flushPromises()
  profile.findComponent(ProfileForm).vm.$emit('submit', { nickname: '小舟' })
  await flushPromises()
  return profile.find('.failure').text()
}

it('a profile that was refused is told as not saved', async () => {
  expect(await toldOf(new HttpError(422))).toMatch(/^没有保存/)
  expect(await toldOf(new AuthError('prompt_denied'))).toMatch(/^没有保存/)
})

it('a profile without an answer is not told as not saved', async () => {
  expect(await toldOf(new AuthError('network'))).toMatch(/^没能确认是否已保存/)
})
