import { isVersionAtLeast } from '../../version'
import { asyncApi, type Api } from './api'
import { knownApis, type KnownApi } from './knownApis'

/** uni-app's vendor.js calls it against a host of DCloud's wherever it exists. */
const absent = new Set(['preloadAssets'])

/**
 * What an API that is not modelled does. All are reported when they are called: asynchronous ones
 * fail, those that do their work at once throw, and a listener is taken but never called.
 */
function stub(name: string, { form }: KnownApi, report: () => void) {
  const reason = 'is not modelled by the simulator'
  switch (form) {
    case 'async': {
      const fail = asyncApi(name, () => {
        throw new Error(reason)
      })
      return (options?: Parameters<typeof fail>[0]) => {
        report()
        return fail(options)
      }
    }
    case 'value':
      return () => {
        report()
        throw new Error(`${name}:fail ${reason}`)
      }
    case 'listener':
      // Nothing is lost by no longer listening.
      return name.startsWith('off') ? () => {} : report
    case 'oneWay':
      return report
  }
}

/**
 * The functions of WeChat's `wx` that `modelled` lacks, as far as the base library has them.
 * `report` is called with every one that the app calls.
 */
export function createUnknownApis(
  modelled: Api,
  sdkVersion: string,
  report: (name: string, message: string) => void,
): Api {
  const missing = Object.entries(knownApis).filter(
    ([name, { since }]) =>
      !(name in modelled) && !absent.has(name) && isVersionAtLeast(sdkVersion, since),
  )
  return Object.fromEntries(
    missing.map(([name, known]) => [
      name,
      stub(name, known, () => report(name, `wx.${name} is not modelled by the simulator`)),
    ]),
  )
}
