import { uniPlatform } from 'watchword'

interface Callbacks {
  success(reported: unknown): void
  fail(failure: unknown): void
}

/**
 * One call of the host that answers by callbacks: hosts throw, or never call back.
 * @param limit ms
 * @throws what the host failed with
 */
export async function askHost(ask: (to: Callbacks) => unknown, limit: number): Promise<unknown> {
  let cancel = () => {}
  try {
    return await new Promise((success, fail) => {
      cancel = uniPlatform().after(limit, () => fail({ errMsg: 'timeout' }))
      ask({ success, fail })
    })
  } finally {
    cancel()
  }
}
