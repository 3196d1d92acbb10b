import type { DrivenPage } from '../../src'
import type { Ended } from './fixture'

/** How a function that works at once has ended; bytes come as numbers. */
export type Returned = { returned: unknown } | { thrown: string; errCode?: number }

/** Marks bytes among the arguments: messages between test and browser carry no buffers. */
export interface Bytes {
  bytes: number[]
}

/** Calls a function of `wx.getFileSystemManager()` that ends with `Sync`. */
export const callSync = (
  { page }: DrivenPage,
  name: string,
  ...given: readonly (
    string | number | boolean | null | undefined | Bytes | Record<string, unknown>
  )[]
): Promise<Returned> =>
  page.evaluate(
    ([name, given]) => {
      type Files = Record<string, (...given: unknown[]) => unknown>
      const { wx } = window as unknown as { wx: { getFileSystemManager(): Files } }
      const isBytes = (value: unknown): value is { bytes: number[] } =>
        typeof value === 'object' && value !== null && 'bytes' in value
      const toBuffers = (value: unknown) =>
        isBytes(value) ? new Uint8Array(value.bytes).buffer : value
      const fromBuffers = (_: string, value: unknown) =>
        value instanceof ArrayBuffer ? { bytes: [...new Uint8Array(value)] } : value
      try {
        const returned = wx.getFileSystemManager()[name]!(
          ...given.map((value) =>
            typeof value === 'object' && value !== null && !isBytes(value)
              ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toBuffers(v)]))
              : toBuffers(value),
          ),
        )
        return { returned: JSON.parse(JSON.stringify(returned ?? null, fromBuffers)) as unknown }
      } catch (error) {
        const { message, errCode } = error as Error & { errCode?: number }
        return errCode === undefined ? { thrown: message } : { thrown: message, errCode }
      }
    },
    [name, given] as const,
  )

/** Calls an asynchronous one and waits for `success` or `fail`; bytes come as numbers. */
export const callFiles = (
  { page }: DrivenPage,
  name: string,
  options: Record<string, unknown> = {},
): Promise<Ended> =>
  page.evaluate(
    ([name, options]) =>
      new Promise<Ended>((resolve) => {
        type Files = Record<string, (options: object) => unknown>
        const { wx } = window as unknown as { wx: { getFileSystemManager(): Files } }
        const fromBuffers = (_: string, value: unknown) =>
          value instanceof ArrayBuffer ? { bytes: [...new Uint8Array(value)] } : value
        const end = (ok: boolean) => (given: Ended['result']) => {
          const result = JSON.parse(JSON.stringify(given, fromBuffers)) as Ended['result']
          resolve({ ok, result })
        }
        wx.getFileSystemManager()[name]!({ ...options, success: end(true), fail: end(false) })
      }),
    [name, options] as const,
  )

/** A path in the directory where an app may write. */
export const usr = (path = ''): string => `wxfile://usr${path}`

/** Writes files whose only content is their path. */
export async function write(page: DrivenPage, ...paths: string[]): Promise<void> {
  for (const path of paths) {
    const written = await callSync(page, 'writeFileSync', usr(path), path)
    if (!('returned' in written)) throw new Error(written.thrown)
  }
}

/** What is thrown by a function that ends with `Sync`. */
export const fails = (name: string, errCode: number, text: string): Returned => ({
  thrown: `${name}:fail ${text}`,
  errCode,
})
