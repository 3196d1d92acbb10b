import { codeOf, type Drivers, type World } from './drivers'
import { moment, show, type ScreenApp } from './screenApp'

type Screen = World<ScreenApp>

const HOME = '/pages/home/home'
const ok = { result: { errMsg: 'ok' }, wrongTypes: { errMsg: 7 } }

/** A press on the button to leave the sign-in page, and what another one does after that. */
async function leavesSignIn(world: Screen, again: 'navigateBack' | 'reLaunch'): Promise<string> {
  const { app, host } = world
  const page = await show(world, app.components.SignInPage, () => ({
    methods: ['password'],
    home: HOME,
  }))
  await page.fire('.sign-in__cancel')
  await moment(10_200)
  if (again === 'navigateBack' && host.calls.includes('reLaunch')) return 'by `reLaunch`'
  let isAskedAgain = false
  host.uni[again] = () => (isAskedAgain = true)
  host.uni.switchTab = ({ fail }: { fail(failure: object): void }) => fail({ errMsg: 'fail' })
  await page.fire('.sign-in__cancel')
  await moment(100)
  return isAskedAgain ? 'stays' : 'leaves'
}

/** The sign-in page as the only one. */
function openAlone({ host }: Screen): void {
  host.pages.splice(0, 1, { route: 'pages/sign-in/sign-in', options: {} })
}

/** The language of a component's texts. */
async function language(world: Screen): Promise<string> {
  const note = await show(world, world.app.components.PrivacyNote)
  await moment(100)
  return /[一-龟]/.test(note.text()) ? 'Chinese' : 'English'
}

/** What components and pages call for signing in. */
export const SCREEN_CALLS: Drivers<ScreenApp> = {
  getUserProfile: {
    kind: 'call',
    answer: {
      result: { errMsg: 'getUserProfile:ok', encryptedData: 'data', iv: 'iv' },
      wrongTypes: { errMsg: 7, encryptedData: 7, iv: {} },
    },
    place({ host: { uni } }) {
      // Later ones have a form for it.
      uni.getAppBaseInfo = () => ({ SDKVersion: '2.20.0' })
      return [uni, 'getUserProfile']
    },
    async act(world) {
      const { app } = world
      const form = await show(world, app.components.ProfileForm, (auth) => ({
        onSubmit: (given: Parameters<typeof auth.submitUserInfo>[0]) =>
          auth.submitUserInfo(given).then(
            () => ends.push('answered'),
            (e) => ends.push(codeOf(e)),
          ),
      }))
      const ends: string[] = []
      await form.fire('button')
      await moment(60_200)
      if (form.has('.watchword-button--pressing')) return 'waits'
      return ends.join()
    },
  },
  openPrivacyContract: {
    kind: 'call',
    answer: ok,
    async act(world) {
      const { app, host } = world
      let answer: unknown
      host.uni.onNeedPrivacyAuthorization = (
        listener: (resolve: (given: { event: string }) => void) => void,
      ) => setTimeout(() => listener(({ event }) => (answer = event)), 1)
      const sheet = await show(world, app.components.AuthSheet)
      await sheet.fire('.auth-sheet__terms')
      await moment(100)
      await sheet.fire('.auth-sheet__agree', 'agreeprivacyauthorization')
      return answer === 'agree' ? 'asks' : `answers ${String(answer)}`
    },
  },
  'setNavigationBarTitle (prompt page)': {
    kind: 'call',
    answer: ok,
    place: ({ host: { uni } }) => [uni, 'setNavigationBarTitle'],
    async act(world) {
      const page = await show(world, world.app.components.PromptPage)
      page.auth.request('/numbers').catch(() => undefined)
      await moment(100)
      const isAsked = page.has('.auth-sheet__give')
      page.auth.cancelPrompt()
      return isAsked ? 'asks' : 'shows nothing'
    },
  },
  'setNavigationBarTitle (sign-in page)': {
    kind: 'call',
    answer: ok,
    place: ({ host: { uni } }) => [uni, 'setNavigationBarTitle'],
    async act(world) {
      const { SignInPage } = world.app.components
      // Somebody who has a session: the page leads back, unless the app has opened it.
      const page = await show(world, SignInPage, () => ({ methods: ['password'] }))
      await moment(100)
      return page.has('.sign-in') ? 'asks' : 'shows nothing'
    },
  },
  'navigateTo (password page)': {
    kind: 'call',
    answer: ok,
    place: ({ host: { uni } }) => [uni, 'navigateTo'],
    async act(world) {
      const form = await show(world, world.app.components.SignInForm, () => ({
        methods: ['password'],
        purpose: 'login',
        passwordPage: '/pages/password/password',
      }))
      await form.fire('.sign-in__method--password')
      await form.fire('.forgot-password')
      await moment(100)
      return form.has('.sign-in__submit') ? 'asks' : 'shows nothing'
    },
  },
  'navigateBack (sign-in page)': {
    kind: 'call',
    answer: ok,
    place({ host }) {
      host.pages.push({ route: 'pages/sign-in/sign-in', options: {} })
      return [host.uni, 'navigateBack']
    },
    act: (world) => leavesSignIn(world, 'navigateBack'),
  },
  'switchTab (sign-in page)': {
    kind: 'call',
    answer: ok,
    place(world) {
      openAlone(world)
      return [world.host.uni, 'switchTab']
    },
    act: (world) => leavesSignIn(world, 'navigateBack'),
  },
  'reLaunch (sign-in page)': {
    kind: 'call',
    answer: ok,
    place(world) {
      openAlone(world)
      const { uni } = world.host
      uni.switchTab = ({ fail }: { fail(failure: object): void }) => fail({ errMsg: 'fail' })
      return [uni, 'reLaunch']
    },
    act: (world) => leavesSignIn(world, 'reLaunch'),
  },
}

/** What the texts follow. */
export const TEXT_FACTS: Drivers<ScreenApp> = {
  'getLocale (texts)': {
    kind: 'return',
    wrongTypes: ['en'],
    isAskedOnce: true,
    place({ host: { uni } }) {
      uni.getLocale = () => 'en'
      return [uni, 'getLocale']
    },
    act: language,
  },
}

export const TEXT_LISTENERS: Drivers<ScreenApp> = {
  onLocaleChange: {
    kind: 'listen',
    event: { locale: 'en' },
    wrongTypes: { locale: 7 },
    isAskedOnce: true,
    act: language,
  },
}
