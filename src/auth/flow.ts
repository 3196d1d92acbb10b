import { resolveURL } from './address'
import { AuthError, isAuthError } from './errors'
import type { Requester } from './request'
import { snapshotOutside } from './snapshot'
import type { AuthFlow, FlowOptions } from './types'
import type { AuthTask } from './types'
import type { WireAnswer } from './platform'
import { createDeferred } from './wire'

/** One sending, which the app's own request layer makes. */
interface Sending {
  header: Record<string, string>
  answered(answer: WireAnswer): void
}

const FOREIGN: AuthFlow = { header: async () => ({}), settle: async () => false, end() {} }

/** The sign-in of a request that is sent elsewhere. It begins once its headers are wanted. */
export function createFlow(
  requester: Pick<Requester, 'startOther'>,
  baseURL: string,
  url: string,
  options: FlowOptions,
): AuthFlow {
  const address = ownAddress(baseURL, url, options.isFinal)
  if (address === undefined) return FOREIGN
  let task: AuthTask<unknown> | undefined
  let sending = createDeferred<Sending>()

  const begin = () => {
    const snapshot = snapshotOutside(address, ({ header }, answered) => {
      sending.resolve({ header, answered })
      return () => {}
    })
    const begun = requester.startOther(snapshot, options)
    begun.catch((error: unknown) => sending.reject(error))
    return begun
  }

  return {
    async header() {
      task ??= begin()
      return { ...(await sending.promise).header }
    },

    async settle(raw) {
      task ??= begin()
      const { answered } = await sending.promise
      sending = createDeferred()
      const next = sending.promise
      const end = task
      answered({ status: raw.status, headers: raw.headers, data: raw.data })
      return new Promise<boolean>((resolve, reject) => {
        next.then(
          () => resolve(true),
          () => {},
        )
        // A failure that the answer itself says is for the request layer to tell.
        const ended = end.catch((error: AuthError) => isAuthError(error) && Promise.reject(error))
        ended.then(() => {
          // Used once more, it signs in another request.
          task = undefined
          sending.reject(new AuthError('aborted'))
          sending = createDeferred()
          resolve(false)
        }, reject)
      })
    },

    end: () => task?.abort(),
  }
}

/** `undefined`: credentials would leave `baseURL`. */
function ownAddress(baseURL: string, url: string, isFinal?: boolean): string | undefined {
  try {
    return resolveURL(baseURL, url, isFinal)
  } catch {
    return undefined
  }
}
