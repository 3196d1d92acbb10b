import type { Auth } from '../auth/auth'
import { createConfigAdapter, type Config, type ConfigAdapter } from './configAdapter'
import { addressOf } from './signedIn'

interface AxiosConfig extends Config {
  baseURL?: string
  method?: string
}

/**
 * An adapter of axios, signed in.
 * @param adapter e.g. that of `@uni-helper/axios-adapter`
 * @returns the `adapter` of an instance. Interceptors see a request once, however often it is sent.
 * @example
 * import { createAxiosAdapter } from 'watchword/adapters'
 * import { createUniAppAxiosAdapter } from '@uni-helper/axios-adapter'
 * import axios from 'axios'
 *
 * const http = axios.create({ baseURL: 'https://api.example.com/v1' })
 * http.defaults.adapter = createAxiosAdapter(auth, createUniAppAxiosAdapter())
 */
export function createAxiosAdapter<A extends (config: never) => Promise<unknown>>(
  auth: Auth,
  adapter: A,
): A {
  return createConfigAdapter(
    auth,
    adapter as unknown as ConfigAdapter<AxiosConfig>,
    ({ baseURL, url }) => addressOf(baseURL, url),
    ({ method }) => /^(up|down)load$/i.test(method ?? ''),
  ) as unknown as A
}
