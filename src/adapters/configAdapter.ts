import type { Auth } from '../auth/auth'
import type { AbortSignalLike } from '../auth/types'
import { addHeaders, sendSignedIn, type Answer } from './signedIn'

// uni-app replaces it when it compiles.
declare const process: { env: { UNI_PLATFORM?: string } }
const isH5 = process.env.UNI_PLATFORM === 'h5'

type HeadersListener = (received?: { header?: unknown }) => void

/** What axios and those that are made after it know of a request. */
export interface Config {
  url?: string
  headers?: object
  signal?: AbortSignalLike
  cancelToken?: {
    subscribe(listener: () => void): void
    unsubscribe(listener: () => void): void
  }
  onHeadersReceived?: HeadersListener
}

interface Response {
  status?: number
  headers?: unknown
  data?: unknown
}

/** An adapter of such a library. */
export type ConfigAdapter<C extends Config> = (config: C) => Promise<Response>

/**
 * An adapter that sends with another until the request is done.
 * @param addressOf where a request goes
 * @param isFile whether a request is an upload or a download
 */
export function createConfigAdapter<C extends Config>(
  auth: Auth,
  adapter: ConfigAdapter<C>,
  addressOf: (config: C) => string,
  isFile: (config: C) => boolean,
): ConfigAdapter<C> {
  return async (config) => {
    const { headers: own, signal, cancelToken, onHeadersReceived } = config
    const flow = auth.flow(addressOf(config), { isFinal: true, ...(signal && { signal }) })
    const end = () => flow.end()
    let received: unknown

    function answered(response: Response | undefined): Answer | undefined {
      if (!response?.status) return undefined
      const { status, headers, data } = response
      return { status, headers: received ?? headers, data }
    }

    cancelToken?.subscribe(end)
    try {
      const send = (header: Record<string, string>) => {
        received = undefined
        config.headers = addHeaders(own, header)
        // WeChat: the results of files have no header. H5: its tasks of files throw here.
        if (isFile(config) && !isH5) {
          config.onHeadersReceived = (result) => {
            received = result?.header
            onHeadersReceived?.(result)
          }
        }
        return adapter(config)
      }
      return await sendSignedIn(flow, send, answered, (error) =>
        answered((error as { response?: Response }).response),
      )
    } finally {
      cancelToken?.unsubscribe(end)
      // The app gets the config with the answer: it says nothing of the credentials.
      Object.assign(config, { headers: own, onHeadersReceived })
    }
  }
}
