import { asyncApi, type Api } from './api'
import type { WxContext } from './context'

/** setStorage and its kin. Encryption is asynchronous only, and asked for on reading too. */
export function createStorageApis({ storage }: WxContext): Api {
  const info = () => ({ keys: storage.keys(), currentSize: storage.size(), limitSize: 10 * 1024 })
  const setSync = (key: string, value: unknown) => {
    try {
      storage.set(String(key), value, false)
    } catch (error) {
      throw new Error(`setStorageSync:fail ${(error as Error).message}`, { cause: error })
    }
  }
  return {
    getStorageSync: (key: string) => storage.get(String(key), false) ?? '',
    setStorageSync: setSync,
    removeStorageSync: (key: string) => storage.remove(String(key)),
    clearStorageSync: () => storage.clear(),
    getStorageInfoSync: info,
    getStorage: asyncApi('getStorage', ({ key, encrypt }) => {
      const data = storage.get(String(key), encrypt === true)
      if (data === undefined) throw new Error('data not found')
      return { data }
    }),
    setStorage: asyncApi('setStorage', ({ key, data, encrypt }) =>
      storage.set(String(key), data, encrypt === true),
    ),
    removeStorage: asyncApi('removeStorage', ({ key }) => storage.remove(String(key))),
    clearStorage: asyncApi('clearStorage', () => storage.clear()),
    getStorageInfo: asyncApi('getStorageInfo', info),
  }
}
