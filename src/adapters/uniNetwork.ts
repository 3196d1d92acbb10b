import type { Auth } from '../auth/auth'
import { createConfigAdapter, type Config, type ConfigAdapter } from './configAdapter'
import { addressOf } from './signedIn'

interface UniNetworkConfig extends Config {
  baseUrl?: string
  allowAbsoluteUrls?: boolean
}

type Name = 'request' | 'upload' | 'download'
type Adapters = Record<Name, ConfigAdapter<UniNetworkConfig>>

/**
 * The adapters of `@uni-helper/uni-network`, signed in.
 * @param adapters those that the library exports
 * @returns what to assign to them: every instance then signs in what it sends to the backend.
 * Interceptors see a request once, however often it is sent.
 * @example
 * import { createUniNetworkAdapters } from 'watchword/adapters'
 * import { adapters } from '@uni-helper/uni-network'
 *
 * Object.assign(adapters, createUniNetworkAdapters(auth, adapters))
 */
export function createUniNetworkAdapters<
  A extends Record<Name, (config: never) => Promise<unknown>>,
>(auth: Auth, adapters: A): A {
  const { request, upload, download } = adapters as unknown as Adapters
  const signed = (adapter: ConfigAdapter<UniNetworkConfig>, isFile: boolean) =>
    createConfigAdapter(auth, adapter, destinationOf, () => isFile)
  return {
    request: signed(request, false),
    upload: signed(upload, true),
    download: signed(download, true),
  } satisfies Adapters as unknown as A
}

function destinationOf({ baseUrl, url, allowAbsoluteUrls }: UniNetworkConfig): string {
  return addressOf(baseUrl, url, allowAbsoluteUrls === false)
}
