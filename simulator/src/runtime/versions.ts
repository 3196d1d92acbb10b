import { isVersionAtLeast } from '../version'

type Values = Record<string, unknown>

/**
 * Base library that brought an API, one of its options (`api.object.option`), a component, its
 * attribute, event or value: each one's page in WeChat's reference. What is older than 2.10 is not
 * listed, for the simulator begins there.
 */
const since: Readonly<Record<string, string>> = {
  addPhoneCalendar: '2.15.0',
  chooseMedia: '2.10.0',
  getAppAuthorizeSetting: '2.20.1',
  getAppBaseInfo: '2.20.1',
  'getAppBaseInfo.fontSizeSetting': '2.23.4',
  getDeviceInfo: '2.20.1',
  getFuzzyLocation: '2.25.0',
  getPrivacySetting: '2.32.3',
  getSystemInfoAsync: '2.14.1',
  getSystemSetting: '2.20.1',
  getUserProfile: '2.10.4',
  getWindowInfo: '2.20.1',
  offThemeChange: '2.11.0',
  offUnhandledRejection: '2.10.0',
  onNeedPrivacyAuthorization: '2.32.3',
  onThemeChange: '2.11.0',
  onUnhandledRejection: '2.10.0',
  openAppAuthorizeSetting: '2.20.1',
  openPrivacyContract: '2.32.3',
  requirePrivacyAuthorize: '2.32.3',
  'FileSystemManager.close': '2.16.1',
  'FileSystemManager.fstat': '2.16.1',
  'FileSystemManager.ftruncate': '2.16.1',
  'FileSystemManager.open': '2.16.1',
  'FileSystemManager.read': '2.16.1',
  'FileSystemManager.readCompressedFile': '2.21.1',
  'FileSystemManager.readZipEntry': '2.17.3',
  'FileSystemManager.truncate': '2.16.1',
  'FileSystemManager.write': '2.16.1',
  'RequestTask.onChunkReceived': '2.20.1',
  'request.object.enableChunked': '2.20.2',
  'getStorage.object.encrypt': '2.21.3',
  'setStorage.object.encrypt': '2.21.3',
  'showActionSheet.object.alertText': '2.14.0',
  'showModal.object.editable': '2.17.1',
  'showModal.object.placeholderText': '2.17.1',
  'button.open-type.agreePrivacyAuthorization': '2.32.3',
  'button.open-type.chooseAvatar': '2.21.2',
  'button.open-type.getRealtimePhoneNumber': '2.24.4',
  'button.open-type.liveActivity': '2.26.2',
  'button.phone-number-no-quota-toast': '3.0.1',
  'input.always-embed': '2.10.4',
  'input.bindnicknamereview': '2.29.1',
  // Since when nicknames that fail the review are cleared after the blur.
  'input.nickname-review': '2.24.4',
  'input.type.nickname': '2.21.2',
  'input.type.safe-password': '2.18.0',
  createMediaQueryObserver: '2.11.1',
  'match-media': '2.11.1',
  'page-container': '2.16.0',
  'picker.header-text': '2.11.0',
  'picker.level': '2.21.1',
  'root-portal': '2.25.1',
  'scroll-view.bindrefresherabort': '2.10.1',
  'scroll-view.bindrefresherpulling': '2.10.1',
  'scroll-view.bindrefresherrefresh': '2.10.1',
  'scroll-view.bindrefresherrestore': '2.10.1',
  'scroll-view.refresher-background': '2.10.1',
  'scroll-view.refresher-default-style': '2.10.1',
  'scroll-view.refresher-enabled': '2.10.1',
  'scroll-view.refresher-threshold': '2.10.1',
  'scroll-view.refresher-triggered': '2.10.1',
  'textarea.confirm-hold': '2.16.0',
  'textarea.confirm-type': '2.13.0',
}

/** `phoneNumberNoQuotaToast` as WXML has it: `phone-number-no-quota-toast`. */
const kebabCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** What the phone's base library knows. */
export interface Versions {
  /** Whether it knows what `wx.canIUse` would call by this name; true for what is not versioned. */
  supports(schema: string): boolean
  /**
   * A component's properties as the base library reads them: attributes and values that it does not
   * know are as if they were not written. `a|b` is one value to those that know no joined open
   * types; that they ignore it is this project's reading, as WeChat does not say.
   */
  readProps(tag: string, defaults: Values, written: Values): Values
  /** The names of the properties that it takes. */
  knownProps(tag: string, defaults: Values): string[]
}

/** Knows the features of a base library by its version, such as `3.8.0`. */
export function createVersions(sdkVersion: string): Versions {
  const supports = (schema: string) => isVersionAtLeast(sdkVersion, since[schema] ?? '0')
  const newer = Object.keys(since).filter((schema) => !supports(schema))
  const isKnown = (tag: string, name: string, value: unknown) =>
    String(value)
      .split('|')
      .every((part) => !newer.includes(`${tag}.${kebabCase(name)}.${part.trim()}`))
  return {
    supports,
    readProps(tag, defaults, written) {
      if (!newer.some((schema) => schema.startsWith(`${tag}.`))) return written
      return Object.fromEntries(
        Object.entries({ ...defaults, ...written }).map(([name, value]) => [
          name,
          isKnown(tag, name, value) ? value : defaults[name],
        ]),
      )
    },
    knownProps: (tag, defaults) =>
      Object.keys(defaults).filter((name) => supports(`${tag}.${kebabCase(name)}`)),
  }
}
