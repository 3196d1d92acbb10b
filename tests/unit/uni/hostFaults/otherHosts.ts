import type { Platform } from '../../../../src/auth/platform'
import {
  codeOf,
  codesOf,
  endOf,
  requestSignedIn,
  type Drivers,
  type Target,
  type World,
} from './drivers'
import { goOn, promptOpens, takesForOld } from './signingIn'

interface Page {
  location: { href: string; origin: string; replace(url: string): void }
  sessionStorage: Record<string, unknown>
}
const page = () => (globalThis as unknown as { window: Page }).window

const oauth = {
  kind: 'return' as const,
  target: 'h5' as Target,
  wrongTypes: '{"state":7,"provider":{}}',
}
const inSession = (name: string) => (): [object, string] => [page().sessionStorage, name]

/** What a browser has, and the App. */
export const ELSEWHERE: Drivers = {
  'sessionStorage.setItem (H5)': {
    ...oauth,
    place: inSession('setItem'),
    act({ app }) {
      let left = ''
      page().location.replace = (url) => (left = url)
      try {
        app.signIn.startOAuth({ appId: 'wx1234567890abcdef' })
      } catch (error) {
        return Promise.resolve(codeOf(error))
      }
      return Promise.resolve(left.startsWith('https://open.weixin.qq.com/') ? 'leaves' : 'stays')
    },
  },
  'sessionStorage.getItem (H5)': {
    ...oauth,
    place: inSession('getItem'),
    act({ app }) {
      page().location.href = 'https://app.example.com/?code=0c0de&state=5'
      const { credentials } = app.signIn.takeOAuthReturn() ?? {}
      return Promise.resolve(credentials ? 'credentials' : 'dropped')
    },
  },
  'plus.runtime.isApplicationExist (App)': {
    kind: 'return',
    target: 'app',
    wrongTypes: {},
    place: () => [
      (globalThis as unknown as { plus: { runtime: object } }).plus.runtime,
      'isApplicationExist',
    ],
    act({ app }) {
      const offered = app.signIn.offeredMethods(['sms', 'wechat'])
      return Promise.resolve(offered.join(', '))
    },
  },
}

/** A platform of the app's own: uni-app's, but for one member. */
function own(name: keyof Platform) {
  return {
    place(world: World): [object, string] {
      world.platform = { ...world.app.uniPlatform() }
      return [world.platform, name]
    },
  }
}

const logIn = ({ open }: World) => endOf(open().request('/me'), 'me')
const listener = { kind: 'listen' as const, event: undefined, wrongTypes: 7 }

/** Without a silent login the user is asked. */
async function logInOrAsk({ open }: World): Promise<string> {
  const auth = open()
  const asked = new Promise<string>((resolve) =>
    auth.subscribe(() => auth.prompt && resolve(`asks for \`${auth.prompt.kind}\``)),
  )
  return Promise.race([endOf(auth.request('/me'), 'me'), asked])
}

async function logInWarned(world: World): Promise<string> {
  return [await logIn(world), ...codesOf(world.warnings)].join(', ')
}

/** The port in src/auth/platform.ts: what it returns at once. */
export const PLATFORM: Drivers = {
  send: {
    kind: 'return',
    wrongTypes: { answer: 7, abort: 7 },
    ...own('send'),
    act: requestSignedIn,
  },
  getItem: { kind: 'return', wrongTypes: {}, ...own('getItem'), act: goOn },
  setItem: { kind: 'return', wrongTypes: {}, ...own('setItem'), act: logInWarned },
  encrypts: { kind: 'return', wrongTypes: {}, ...own('encrypts'), act: takesForOld },
  pages: { kind: 'return', wrongTypes: {}, ...own('pages'), act: promptOpens },
}

/** What of it answers by a promise. */
export const PLATFORM_PROMISES: Drivers = {
  'answer of send': {
    kind: 'promise',
    result: { status: 200, headers: {}, data: { data: 'me' } },
    wrongTypes: { status: '200', headers: 7, data: 7 },
    place(world) {
      const task = { answer: () => new Promise(() => {}) }
      const send = () => ({ answer: task.answer(), abort() {} })
      world.platform = { ...world.app.uniPlatform(), send: send as unknown as Platform['send'] }
      return [task, 'answer']
    },
    act: requestSignedIn,
  },
  login: {
    kind: 'promise',
    result: '0c0de',
    wrongTypes: { code: '0c0de' },
    ...own('login'),
    act: logInOrAsk,
  },
  checkSession: {
    kind: 'promise',
    result: true,
    wrongTypes: { isAlive: true },
    place(world) {
      world.platform = { ...world.app.uniPlatform(), encrypts: () => true }
      return [world.platform, 'checkSession']
    },
    act: promptOpens,
  },
}

/** What of it takes listeners. */
export const PLATFORM_LISTENERS: Drivers = {
  onHide: { ...listener, ...own('onHide'), act: requestSignedIn },
  onShow: { ...listener, ...own('onShow'), act: requestSignedIn },
  onStored: { ...listener, ...own('onStored'), act: requestSignedIn },
  onInterference: { ...listener, ...own('onInterference'), act: requestSignedIn },
}
