import { describe, expect, it, onTestFinished } from 'vitest'
import { pack } from '../src/pack/pack'
import { writeApp } from './support/appFiles'
import { startSimulator } from './support/simulator'

const home = 'pages/home/home'
const title = { window: { navigationBarTitleText: '首页标题' } }

function writeNamed(files: Record<string, string>, app: Record<string, unknown> = {}) {
  const pages = { [`${home}.js`]: 'Page({})', [`${home}.wxml`]: '<view>a</view>' }
  const written = writeApp([home], { ...pages, ...files }, app)
  onTestFinished(() => written.remove())
  return written.dist
}

const named = (projectname: string) => JSON.stringify({ projectname })

describe('the name of a mini-program', () => {
  it.each([
    [
      'its private project file',
      {
        'project.config.json': named('公开'),
        'project.private.config.json': named('私有'),
      },
      { text: '私有', source: 'project.private.config.json' },
    ],
    [
      'its project file, where the private one is broken',
      { 'project.config.json': named('梧桐搬家'), 'project.private.config.json': '{' },
      { text: '梧桐搬家', source: 'project.config.json' },
    ],
    [
      'its project file, where older DevTools encoded it',
      { 'project.config.json': named(encodeURIComponent('梧桐搬家')) },
      { text: '梧桐搬家', source: 'project.config.json' },
    ],
    [
      'a project file with a name that is no encoding',
      { 'project.config.json': named('100%') },
      { text: '100%', source: 'project.config.json' },
    ],
    [
      'its title, where the project has none',
      { 'project.config.json': named('') },
      { text: '首页标题', source: 'app.json' },
    ],
  ])('is that of %s', (_, files, name) => {
    expect(pack(writeNamed(files, title)).name).toEqual(name)
  })

  it('is unknown where no file has one', () => {
    expect(pack(writeNamed({})).name).toBe(undefined)
  })
})

it("WeChat's own dialogues carry the name; the app's own do not, as on a phone", async () => {
  const dist = writeNamed({ 'project.config.json': named('梧桐搬家') })
  const simulator = await startSimulator({ dist })
  onTestFinished(() => simulator.close())
  const phone = await simulator.launch('', {
    answers: { authorize: 'ask', requirePrivacyAuthorize: 'ask', showModal: 'ask' },
  })
  const dialogue = phone.page.locator('.simulator-dialogue__box')
  const call = (name: string, options: object) =>
    phone.page.evaluate(
      ([name, options]) => {
        const { wx } = window as unknown as { wx: Record<string, (options: object) => unknown> }
        void Promise.resolve(wx[name]!({ ...options, fail() {} }))
      },
      [name, options] as const,
    )
  await call('authorize', { scope: 'scope.record' })
  expect(await dialogue.innerText()).toContain('梧桐搬家')
  await phone.choose('允许')
  await call('openPrivacyContract', {})
  expect(await dialogue.innerText()).toContain('梧桐搬家的开发者')
  await phone.choose('返回')
  await call('showModal', { title: '提示', content: '好吗' })
  expect(await dialogue.innerText()).not.toContain('梧桐搬家')
  await phone.choose('确定')
  await phone.close()
})
