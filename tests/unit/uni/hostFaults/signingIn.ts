import { codeOf, codesOf, endOf, requestSignedIn, type Drivers, type World } from './drivers'
import { PROMPT_PAGE, type WellHost } from './wellHost'

/** Below 2.21.2 WeChat encrypts phone numbers with the session key. */
function makeOld({ uni }: WellHost) {
  uni.getAppBaseInfo = () => ({ SDKVersion: '2.20.0' })
}

/** What the client does to open the prompt for a phone number. */
export async function promptOpens({ host, open }: World): Promise<string> {
  host.storeSession()
  const auth = open()
  const opened = new Promise<void>((resolve) => auth.subscribe(() => auth.prompt && resolve()))
  auth.request('/numbers').catch(() => undefined)
  await opened
  const isOpen = auth.prompt?.kind === 'getPhoneNumber'
  auth.cancelPrompt()
  if (!isOpen) return 'another prompt'
  return host.calls.includes('login') ? 'logs in, then asks' : 'asks'
}

/** Whether WeChat is taken to encrypt: the session key is then checked before a prompt. */
export async function takesForOld(world: World): Promise<string> {
  const end = await promptOpens(world)
  if (end !== 'asks') return end
  return world.host.calls.includes('checkSession') ? 'as an old one' : 'as a new one'
}

/** An app that was started before, and has a session. */
export async function goOn(world: World): Promise<string> {
  const end = await requestSignedIn(world)
  if (end !== 'answered') return end
  return world.host.calls.includes('login') ? 'logs in' : 'goes on with the session'
}

/** Storage is written by a login. */
async function logIn({ open, warnings }: World): Promise<string> {
  const end = await endOf(open().request('/me'), 'me')
  return [end, ...codesOf(warnings)].join(', ')
}

/** What shows that the plugin has asked the host to open the page for prompts. */
async function promptPage({ app, host, open, warnings }: World): Promise<string> {
  host.storeSession()
  const auth = open()
  const vueApp = { provide() {}, config: { globalProperties: {} } }
  const plugin = app.createAuthPlugin(auth, { promptPage: PROMPT_PAGE })
  ;(plugin as { install(given: object): void }).install(vueApp)
  const end = await auth.request('/numbers').catch(codeOf)
  if (end !== '`prompt_unavailable`' || warnings.length !== 1) return String(end)
  // A page that opens has no sheet here.
  return warnings[0]!.message.includes('shows no sheet') ? 'opens' : '`prompt_unavailable`'
}

const storage = (name: string) => ({ kind: 'return' as const, wrongTypes: { [name]: 7 } })
const appListener = { kind: 'listen' as const, event: undefined, wrongTypes: 7 }

/** WeChat's calls for signing in, and the App's. */
export const SIGNING_IN: Drivers = {
  login: {
    kind: 'call',
    answer: { result: { errMsg: 'login:ok', code: '0c0de' }, wrongTypes: { code: 7 } },
    act: ({ open }) => endOf(open().request('/me'), 'me'),
  },
  'login, for guests': {
    kind: 'call',
    place: ({ host: { uni } }) => [uni, 'login'],
    answer: { result: { errMsg: 'login:ok', code: '0c0de' }, wrongTypes: { code: 7 } },
    act: ({ open }) => endOf(open().request('/services'), 'all'),
  },
  checkSession: {
    kind: 'call',
    place({ host }) {
      makeOld(host)
      return [host.uni, 'checkSession']
    },
    answer: { result: { errMsg: 'checkSession:ok' }, wrongTypes: { errMsg: 7 } },
    act: promptOpens,
  },
  'login (App)': {
    kind: 'call',
    target: 'app',
    place: ({ host: { uni } }) => [uni, 'login'],
    answer: { result: { errMsg: 'login:ok', code: '0c0de' }, wrongTypes: { code: 7 } },
    act: ({ app }) =>
      endOf(app.signIn.wechatAppCredentials(), { provider: 'wechat-app', code: '0c0de' }),
  },
  'navigateTo (prompt page)': {
    kind: 'call',
    place: ({ host: { uni } }) => [uni, 'navigateTo'],
    answer: { result: { errMsg: 'navigateTo:ok' }, wrongTypes: { errMsg: 7 } },
    act: promptPage,
  },
}

/** What the host keeps, and what it says of itself. */
export const KEEPING: Drivers = {
  getStorageSync: {
    ...storage('state'),
    act: goOn,
  },
  setStorageSync: { ...storage('state'), act: logIn },
  removeStorageSync: {
    ...storage('state'),
    async act(world) {
      const { host, open, warnings } = world
      host.storeSession()
      const auth = open()
      const task = { abort() {} }
      host.uni.request = ({ success }: { success(result: object): void }) => {
        setTimeout(() => success({ statusCode: 401, header: {}, data: {} }), 1)
        return task
      }
      const end = await endOf(auth.request('/me'), 'me')
      if (auth.tokenState) return 'a session is left'
      return [end, ...codesOf(warnings)].join(', ')
    },
  },
  getAppBaseInfo: {
    kind: 'return',
    wrongTypes: { SDKVersion: 3 },
    place: ({ host }) => {
      host.uni.getSystemInfoSync = () => ({ SDKVersion: '3.8.0' })
      return [host.uni, 'getAppBaseInfo']
    },
    act: takesForOld,
  },
  getSystemInfoSync: {
    kind: 'return',
    wrongTypes: { SDKVersion: 3 },
    place: ({ host }) => {
      delete host.uni.getAppBaseInfo
      host.uni.getSystemInfoSync = () => ({ SDKVersion: '3.8.0' })
      return [host.uni, 'getSystemInfoSync']
    },
    act: takesForOld,
  },
  getCurrentPages: {
    kind: 'return',
    wrongTypes: [7, 'home', null],
    place: () => [globalThis, 'getCurrentPages'],
    act: promptOpens,
  },
  'getCurrentPages, with the plugin': {
    kind: 'return',
    wrongTypes: [7, 'home', null],
    place: () => [globalThis, 'getCurrentPages'],
    act: promptPage,
  },
  getFileSystemManager: {
    kind: 'return',
    wrongTypes: { readFileSync: () => 7 },
    async act({ host, open }) {
      host.storeSession()
      host.uni.downloadFile = ({ success }: { success(result: object): void }) => {
        setTimeout(() => success({ statusCode: 403, tempFilePath: 'wxfile://tmp' }), 1)
        return { abort() {} }
      }
      const error: unknown = await open()
        .download({ url: '/files/1' })
        .catch((one: unknown) => one)
      const { problem } = error as { problem?: { detail?: string } }
      return `${codeOf(error)}, ${problem?.detail === 'closed' ? 'with' : 'without'} its problem`
    },
  },
}

/** What the client listens to. */
export const LISTENING: Drivers = {
  onAppHide: { ...appListener, act: requestSignedIn },
  onAppShow: { ...appListener, act: requestSignedIn },
  onNeedPrivacyAuthorization: {
    kind: 'listen',
    event: () => {},
    wrongTypes: 7,
    act: promptPage,
  },
  'storage events (H5)': {
    kind: 'listen',
    target: 'h5',
    event: { key: null },
    wrongTypes: { key: 7 },
    place: () => [(globalThis as unknown as { window: object }).window, 'addEventListener'],
    act: requestSignedIn,
  },
}
