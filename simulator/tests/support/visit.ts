import { calmNetwork, type Visit } from '../../src/workbenchWire'

/** The body of `POST /phone` as the workbench sends it, with what `change` says. */
export const visitOf = (change: Partial<Visit> = {}): Visit => ({
  person: 'visitor',
  kind: 'new',
  phone: {
    platform: 'ios',
    sdkVersion: '3.8.0',
    theme: 'light',
    language: 'zh_CN',
    fontScale: 1,
  },
  answers: {
    phoneNumber: 'ask',
    userInfo: 'ask',
    avatar: 'ask',
    privacy: 'ask',
    permission: 'ask',
  },
  network: calmNetwork,
  alwaysUnauthorised: false,
  ...change,
})
