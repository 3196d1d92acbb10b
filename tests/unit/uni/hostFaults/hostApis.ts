import { codeOf, endOf, type Drivers, type World } from './drivers'

const BOOKING = '/pages/booking/booking'
const scope = 'scope.userLocation'

const opens = (options: object) => (world: World) =>
  world.app.host.navigate(BOOKING, options).then(() => 'opens', codeOf)

const ok = { result: { errMsg: 'ok' }, wrongTypes: { errMsg: 7 } }

/** Asks for a permission. @param remembered what WeChat remembers */
const ensure =
  (remembered?: boolean) =>
  ({ app, host }: World) => {
    if (remembered !== undefined) host.settings[scope] = remembered
    return app.host.ensurePermission(scope, { reason: '为了地图' })
  }

/** The user allows it in the settings, whatever the host says of that. */
function ensureInSettings(world: World) {
  const { uni, settings } = world.host
  let reads = 0
  uni.getSetting = ({ success }: { success(result: object): void }) =>
    success({ authSetting: { [scope]: reads++ > 0 } })
  return ensure(settings[scope])(world)
}

/** `watchword/host`: navigation. */
export const NAVIGATION: Drivers = {
  navigateTo: { kind: 'call', answer: ok, act: opens({}) },
  redirectTo: { kind: 'call', answer: ok, act: opens({ replace: true }) },
  reLaunch: { kind: 'call', answer: ok, act: opens({ root: true }) },
  switchTab: {
    kind: 'call',
    answer: ok,
    act(world) {
      world.host.uni.navigateTo = ({ fail }: { fail(failure: object): void }) =>
        fail({ errMsg: 'navigateTo:fail can not navigateTo a tabbar page' })
      return opens({})(world)
    },
  },
  navigateBack: {
    kind: 'call',
    answer: ok,
    act(world) {
      const [home] = world.host.pages
      world.host.pages.splice(0, 1, { route: BOOKING.slice(1), options: {} }, home!)
      return opens({})(world)
    },
  },
}

/** `watchword/host`: what the user allows, and the battery. */
export const PERMISSIONS: Drivers = {
  getSetting: {
    kind: 'call',
    answer: { result: { authSetting: { [scope]: true } }, wrongTypes: { authSetting: 7 } },
    act(world) {
      world.host.uni.authorize = ({ fail }: { fail(failure: object): void }) =>
        fail({ errMsg: 'authorize:fail auth deny' })
      return ensure()(world)
    },
  },
  authorize: { kind: 'call', answer: ok, act: ensure() },
  showModal: {
    kind: 'call',
    answer: { result: { confirm: true }, wrongTypes: { confirm: 'yes' } },
    act: ensure(false),
  },
  openSetting: { kind: 'call', answer: ok, act: ensureInSettings },
  getBatteryInfo: {
    kind: 'call',
    answer: {
      result: { level: 50, isCharging: true },
      wrongTypes: { level: {}, isCharging: 'yes' },
    },
    async act({ app }) {
      const end = await endOf(app.host.getBattery(), { level: 50, isCharging: true })
      return end === 'resolves with {}' ? 'unknown' : end
    },
  },
}

/** What `getSystemInfo()` says in the end of one value, which only this API has. */
const reports = (name: string, expected: unknown) =>
  Promise.resolve(expected).then((value) => (value === name ? 'reported' : 'assumed'))

const info = (read: (world: World) => unknown, well: string) => ({
  kind: 'return' as const,
  isAskedOnce: true as const,
  act: (world: World) => reports(well, read(world)),
})

/** `watchword/host`: what is answered at once. */
export const FACTS: Drivers = {
  getDeviceInfo: {
    ...info(({ app }) => app.host.getSystemInfo().system, 'iOS 17.4'),
    wrongTypes: { system: 7 },
  },
  getWindowInfo: {
    ...info(({ app }) => String(app.host.getSystemInfo().windowHeight), '700'),
    wrongTypes: { windowHeight: '700' },
  },
  'getAppBaseInfo (facts)': {
    ...info(({ app }) => app.host.getSystemInfo().language, 'en'),
    wrongTypes: { language: 7 },
    place: ({ host: { uni } }) => [uni, 'getAppBaseInfo'],
  },
  getSystemSetting: {
    ...info(({ app }) => String(app.host.getSystemInfo().wifiEnabled), 'false'),
    wrongTypes: { wifiEnabled: 'false' },
  },
  'getSystemInfoSync (facts)': {
    ...info(({ app }) => app.host.getSystemInfo().model, 'iPhone 15'),
    wrongTypes: { model: 7 },
    place: ({ host: { uni } }) => [uni, 'getSystemInfoSync'],
  },
  getLocale: {
    kind: 'return',
    wrongTypes: ['en'],
    act: ensure(false),
  },
}
