import { isVersionAtLeast } from '../../version'
import { builtIns } from '../builtIns'
import { fieldsSince } from '../builtIns/fieldVersions'
import type { Api } from './api'

/** Base library that brought an API or a component's value (each one's page in WeChat's reference). */
const since: Record<string, string> = {
  getUserProfile: '2.10.4',
  getDeviceInfo: '2.20.1',
  getWindowInfo: '2.20.1',
  getAppBaseInfo: '2.20.1',
  getSystemSetting: '2.20.1',
  getAppAuthorizeSetting: '2.20.1',
  getPrivacySetting: '2.32.3',
  requirePrivacyAuthorize: '2.32.3',
  onNeedPrivacyAuthorization: '2.32.3',
  openPrivacyContract: '2.32.3',
  'button.open-type.chooseAvatar': '2.21.2',
  'button.open-type.getRealtimePhoneNumber': '2.24.4',
  'button.open-type.agreePrivacyAuthorization': '2.32.3',
  onKeyboardHeightChange: '2.7.0',
  offKeyboardHeightChange: '2.9.2',
  ...fieldsSince,
}

const camelCase = (name: string) =>
  name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Takes away what is newer than the base library. */
export const withoutNewer = (api: Api, sdkVersion: string): Api =>
  Object.fromEntries(
    Object.entries(api).filter(([name]) => isVersionAtLeast(sdkVersion, since[name] ?? '0')),
  )

/** `wx.canIUse`: an API, a component, its attribute, or one of the attribute's values. */
export function createCanIUse(api: Api, sdkVersion: string) {
  return (schema: string): boolean => {
    if (!isVersionAtLeast(sdkVersion, since[schema] ?? '0')) return false
    const [name = '', attribute] = schema.split('.')
    if (name in api) return true
    const component = builtIns.find(({ tag }) => tag === name)
    if (!component) return false
    return attribute === undefined || camelCase(attribute) in component.props
  }
}
