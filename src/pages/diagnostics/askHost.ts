import { uniPlatform } from '../../index'

interface Question<T> {
  /** Makes the call; `end` is to be given what it brought. */
  ask(end: (outcome: T) => void): void
  /** The outcome where the call throws; undefined where it stays silent for `limit` ms. */
  without(failure: unknown): T
  /** ms */
  limit: number
}

/** One call of the host that answers by callbacks: hosts throw, or never call back. Never rejects. */
export function askHost<T>({ ask, without, limit }: Question<T>): Promise<T> {
  return new Promise((resolve) => {
    const cancel = uniPlatform().after(limit, () => resolve(without(undefined)))
    const end = (outcome: T) => {
      cancel()
      resolve(outcome)
    }
    try {
      ask(end)
    } catch (failure) {
      end(without(failure))
    }
  })
}
