import type { Auth } from '../auth/auth'
import type { AbortSignalLike } from '../auth/types'
import { addHeaders, sendSignedIn, type Answer } from './signedIn'

/** What uni-ajax knows of a request when it calls its adapter: the address is complete. */
interface Config {
  url: string
  header: object
  signal?: AbortSignalLike
}

interface Response {
  statusCode?: number
  header?: unknown
  data?: unknown
}

type Adapter = (config: Config) => Promise<Response>

/**
 * An adapter of `uni-ajax`, signed in.
 * @param adapter the library's own, `ajax.defaults.adapter`
 * @returns the `adapter` of an instance, or of `ajax.defaults`. Interceptors see a request once,
 * however often it is sent.
 * @example
 * import { createUniAjaxAdapter } from 'watchword/adapters'
 * import ajax from 'uni-ajax'
 *
 * ajax.defaults.adapter = createUniAjaxAdapter(auth, ajax.defaults.adapter!)
 */
export function createUniAjaxAdapter<A extends (config: never) => Promise<unknown>>(
  auth: Auth,
  adapter: A,
): A {
  const send = adapter as unknown as Adapter
  return ((config) => start(auth, config, send)) satisfies Adapter as unknown as A
}

async function start(auth: Auth, config: Config, adapter: Adapter): Promise<Response> {
  const { header: own, signal } = config
  const flow = auth.flow(config.url, { isFinal: true, ...(signal && { signal }) })
  const send = (header: Record<string, string>) => {
    config.header = addHeaders(own, header)
    return adapter(config)
  }
  try {
    return await sendSignedIn(flow, send, answerIn, answerIn)
  } catch (error) {
    throw signal?.aborted ? { config, errMsg: 'request:fail abort' } : error
  } finally {
    // The app gets the config with the answer: it says nothing of the credentials.
    config.header = own
  }
}

/** In a response, which a failure is too. */
function answerIn(outcome: unknown): Answer | undefined {
  const { statusCode: status, header: headers, data } = { ...(outcome as Response | null) }
  return status ? { status, headers, data } : undefined
}
