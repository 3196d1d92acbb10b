import { stateOf } from '../../../support/client'
import { soon, type Callbacks } from './faults'

/** What the client hands to `uni`. */
export interface Options extends Callbacks {
  url: string
  method?: string
  header?: Record<string, string>
  scope?: string
}

export const BASE = 'https://api.example.com'
export const PROMPT_PAGE = '/pages/prompt/prompt'

/** A listener on the task of a call, and a piece of the answer. */
export const bytes = () => new TextEncoder().encode('piece').buffer

/** `uni` on a host with which nothing is wrong, and the backend behind it. */
export function createWellHost() {
  const storage = new Map<string, unknown>()
  const calls: string[] = []
  const pages: { route: string; options: object; $vm?: unknown }[] = [
    { route: 'pages/home/home', options: {} },
  ]
  /** What WeChat remembers. */
  const settings: Record<string, boolean> = {}
  const answered =
    (name: string, resultOf: (options: Options) => unknown, returned?: unknown) =>
    (options: Options) => {
      calls.push(name)
      const result = resultOf(options)
      soon(() => {
        options.success?.(result)
        options.complete?.(result)
      })
      return returned
    }
  const opening = (name: string, open: (route: string) => void) =>
    answered(name, ({ url }) => {
      open(url.replace(/^\/|\?.*$/g, ''))
      return { errMsg: `${name}:ok` }
    })
  const pageOf = (route: string) => ({ route, options: {} })

  const uni: Record<string, unknown> = {
    request: answered('request', answerTo, { abort() {} }),
    uploadFile: answered('uploadFile', () => uploaded(), { abort() {} }),
    downloadFile: answered('downloadFile', () => downloaded(), { abort() {} }),
    login: answered('login', () => ({ errMsg: 'login:ok', code: '0c0de' })),
    checkSession: answered('checkSession', () => ({ errMsg: 'checkSession:ok' })),
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void storage.set(key, value),
    removeStorageSync: (key: string) => void storage.delete(key),
    onAppShow() {},
    onAppHide() {},
    getLocale: () => 'zh-Hans',
    getAppBaseInfo: () => ({ SDKVersion: '3.8.0', language: 'en' }),
    getSystemInfoSync: () => ({ SDKVersion: '2.9.0', model: 'iPhone 15' }),
    getDeviceInfo: () => ({ system: 'iOS 17.4' }),
    getWindowInfo: () => ({ windowHeight: 700 }),
    getSystemSetting: () => ({ wifiEnabled: false }),
    onNeedPrivacyAuthorization() {},
    getFileSystemManager: () => ({ readFileSync: () => '{"detail":"closed"}' }),
    navigateTo: opening('navigateTo', (route) => pages.push(pageOf(route))),
    redirectTo: opening('redirectTo', (route) => pages.splice(-1, 1, pageOf(route))),
    reLaunch: opening('reLaunch', (route) => pages.splice(0, pages.length, pageOf(route))),
    switchTab: opening('switchTab', (route) => pages.splice(0, pages.length, pageOf(route))),
    navigateBack: answered('navigateBack', () => void pages.pop()),
    getSetting: answered('getSetting', () => ({ authSetting: { ...settings } })),
    authorize: answered('authorize', () => ({ errMsg: 'authorize:ok' })),
    showModal: answered('showModal', () => ({ confirm: true, cancel: false })),
    openSetting: answered('openSetting', () => ({ authSetting: allowAll() })),
    onLocaleChange() {},
    setNavigationBarTitle: answered('setNavigationBarTitle', () => ({})),
    openPrivacyContract: answered('openPrivacyContract', () => ({})),
    // The keyboard comes up, and covers the second half of the window.
    onKeyboardHeightChange: (listener: (change: object) => void) =>
      soon(() => listener({ height: 291 })),
    offKeyboardHeightChange() {},
    hideKeyboard: answered('hideKeyboard', () => ({})),
    createSelectorQuery: createQuery,
    pageScrollTo: answered('pageScrollTo', () => ({})),
    getBatteryInfo: answered('getBatteryInfo', () => ({ level: 50, isCharging: true })),
  }

  function allowAll() {
    for (const name of Object.keys(settings)) settings[name] = true
    return settings
  }

  return {
    uni,
    storage,
    calls,
    pages,
    settings,
    /** A session is stored from an earlier run of the app. */
    storeSession() {
      const stored = { state: stateOf('t'), at: Date.now() }
      storage.set(`watchword:${BASE}`, JSON.stringify(stored))
    },
  }
}

/** A selector query that finds a field behind the keyboard, in a window 600 px high. */
function createQuery(): object {
  const query = {
    in: () => query,
    select: () => ({ boundingClientRect: () => query }),
    selectViewport: () => ({ fields: () => query }),
    exec: (found: (places: object[]) => void) => soon(() => found(COVERED)),
  }
  return query
}

export const COVERED = [
  { top: 500, bottom: 550 },
  { height: 600, scrollTop: 0 },
]

export type WellHost = ReturnType<typeof createWellHost>

export const uploaded = () => ({ statusCode: 200, data: '{"data":"kept"}' })
export const downloaded = () => ({ statusCode: 200, tempFilePath: 'wxfile://tmp' })

/** Private routes need a session, `/numbers` the phone number too; the first login is refused on `/closed`. */
export function answerTo({ url, header = {} }: Options): object {
  const path = url.slice(BASE.length)
  const { authorization = '' } = header
  const refused = (challenge: string) => ({
    statusCode: 401,
    header: { 'WWW-Authenticate': challenge },
    data: {},
  })
  const success = (data: unknown, tokenState?: object) => ({
    statusCode: 200,
    header: {},
    data: { data, ...(tokenState && { tokenState }) },
  })
  if (path === '/services') return success('all')
  if (path === '/auth/login') return success(undefined, stateOf('t'))
  const isSignedIn = authorization.startsWith('Bearer ') || authorization.startsWith('WxLogin ')
  if (!isSignedIn) return refused('WxLogin')
  const isNew = authorization.startsWith('WxLogin ')
  if (path.startsWith('/numbers')) return { ...refused('getPhoneNumber'), ...renewed(isNew) }
  return success('me', isNew ? stateOf('t') : undefined)
}

const renewed = (isNew: boolean) => (isNew ? { data: { tokenState: stateOf('t') } } : {})
