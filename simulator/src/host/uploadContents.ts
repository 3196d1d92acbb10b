import { NetworkFailure } from './exchange'

/** Contents of uploads that only the page has: each follows its call in a request of its own. */
export interface UploadContents {
  /** Waits for the content of a call; rejects with `NetworkFailure` once that has ended. */
  await(id: string): Promise<Uint8Array>
  /** Drops what comes for a call that has ended. */
  arrived(id: string, content: Uint8Array): void
  ended(id: string): void
}

/** Holds nothing of a call that has ended. */
export function createUploadContents(): UploadContents {
  interface Awaited {
    resolve(content: Uint8Array): void
    reject(reason: NetworkFailure): void
  }
  const awaited = new Map<string, Awaited>()
  return {
    await(id) {
      const content = new Promise<Uint8Array>((resolve, reject) => {
        awaited.set(id, { resolve, reject })
      })
      // Nobody listens where the call ends before its turn.
      content.catch(() => {})
      return content
    },
    arrived: (id, content) => awaited.get(id)?.resolve(content),
    ended(id) {
      awaited.get(id)?.reject(new NetworkFailure('abort'))
      awaited.delete(id)
    },
  }
}
