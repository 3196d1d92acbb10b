import { describe, expect, it } from 'vitest'
import type { DrivenPage } from '../src'
import { writeApp } from './support/appFiles'
import type { PhoneOptions } from './support/sharedPhones'
import { usePhones } from './support/usePhones'

const app = writeApp(['pages/a/a'], {
  'pages/a/a.js': `Page({
    data: { log: '' },
    open() { wx.openSetting({ complete: ({ errMsg }) => this.setData({ log: errMsg }) }) },
    inCallback() { wx.showModal({ title: '?', success: () => this.open() }) },
    afterPromise() { wx.showModal({ title: '?', success: () => void Promise.resolve().then(() => this.open()) }) },
    afterTimer() { wx.showModal({ title: '?', success: () => void setTimeout(() => setTimeout(() => this.open())) }) },
    asPromise() { wx.showModal({ title: '?' }).then(() => this.open()) },
    afterDialogue() { wx.authorize({ scope: 'scope.camera', complete: () => this.open() }) },
  })`,
  'pages/a/a.wxml': `${[
    'open',
    'inCallback',
    'afterPromise',
    'afterTimer',
    'asPromise',
    'afterDialogue',
  ]
    .map((name) => `<button class="${name}" bindtap="${name}">${name}</button>`)
    .join('')}<text class="log">{{log}}</text>`,
})

const phones = usePhones(app)

const opened = 'openSetting:ok'
const refused = 'openSetting:fail can only be invoked by user TAP gesture.'

function on(options: PhoneOptions, test: (page: DrivenPage) => Promise<void>) {
  const answers = { openSetting: 'allow', ...options.answers } as const
  return phones.on('pages/a/a', { ...options, answers }, test)
}

async function log(page: DrivenPage) {
  await expect.poll(() => page.text('.log')).not.toBe('')
  return page.text('.log')
}

describe('a confirmed modal counts as a tap', () => {
  it.each([
    ['ios', 'inCallback', opened],
    ['ios', 'afterPromise', refused],
    ['ios', 'afterTimer', refused],
    ['ios', 'asPromise', refused],
    ['android', 'inCallback', opened],
    ['android', 'afterPromise', opened],
    ['android', 'afterTimer', refused],
    ['android', 'asPromise', refused],
  ] as const)('on %s, %s: %s', (platform, name, errMsg) =>
    on({ platform, answers: { showModal: 'ask' } }, async (page) => {
      await page.tap(`.${name}`)
      await page.choose('确定')
      expect(await log(page)).toBe(errMsg)
    }),
  )

  it('also where a script confirms it', () =>
    on({ answers: { showModal: 'allow' } }, async (page) => {
      await page.tap('.asPromise')
      expect(await log(page)).toBe(refused)
      await page.tap('.inCallback')
      await expect.poll(() => page.text('.log')).toBe(opened)
    }))
})

it('what is pressed in a permission dialogue is no tap', () =>
  on({ answers: { authorize: 'ask' } }, async (page) => {
    await page.tap('.afterDialogue')
    await page.choose('允许')
    expect(await log(page)).toBe(refused)
    await page.tap('.open')
    await expect.poll(() => page.text('.log')).toBe(opened)
  }))
