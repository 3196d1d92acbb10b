import { isVersionAtLeast } from '../../version'
import { asyncApi, type Api, type ApiOptions } from './api'
import { knownApis, type KnownApi } from './knownApis'

/** uni-app's vendor.js calls it against a host of DCloud's wherever it exists. */
const absent = new Set(['preloadAssets'])

const reason = 'is not modelled by the simulator'

const isOptions = (given: unknown): given is ApiOptions =>
  typeof given === 'object' && given !== null

/**
 * An object of WeChat's of which nothing works: what takes callbacks fails, a Promise is rejected,
 * a listener is never called. Fields keep what the app sets.
 */
function idle(name: string): object {
  const fields: Record<string | symbol, unknown> = {}
  const method = (member: string) => {
    const fail = asyncApi(`${name}.${member}`, () => {
      throw new Error(reason)
    })
    return (options?: unknown) => {
      if (typeof options === 'function') return undefined
      const failed = fail(isOptions(options) ? options : {})
      // Most apps take no notice of the Promise: this is no error of theirs.
      failed?.catch(() => {})
      return failed
    }
  }
  return new Proxy(fields, {
    get: (_, member) =>
      // Nobody is to take it for a Promise.
      member in fields || typeof member === 'symbol' || member === 'then' || member === 'toJSON'
        ? fields[member]
        : method(member),
  })
}

/**
 * What an API that is not modelled does. All are reported when they are called. None throws, as
 * that would end the app's start: asynchronous ones fail, those that do their work at once return
 * nothing, objects do nothing, and a listener is taken but never called.
 */
function stub(name: string, { form }: KnownApi, report: () => void) {
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
    case 'object':
      return () => {
        report()
        return idle(name)
      }
    case 'listener':
      // Nothing is lost by no longer listening.
      return name.startsWith('off') ? () => {} : report
    case 'value':
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
