/** Stored values of one person in one app, kept in localStorage so that a reload finds them again. */
export interface Storage {
  /** Undefined where nothing is stored. */
  get(key: string, encrypted: boolean): unknown
  /** Throws where WeChat would fail: 1 MB a key, 10 MB in all. */
  set(key: string, value: unknown, encrypted: boolean): void
  remove(key: string): void
  clear(): void
  keys(): string[]
  /** kB in all. */
  size(): number
  /** Everything in the clear, for tests. */
  entries(): Record<string, unknown>
}

interface Entry {
  json: string
  encrypted: boolean
}

const keyLimit = 1024 * 1024
const totalLimit = 10 * 1024 * 1024

const namePrefix = 'miniprogram:'

/** Forgets what all apps of all persons have stored in this browser. */
export function forgetStoredValues(): void {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(namePrefix)) localStorage.removeItem(name)
  }
}

/**
 * Several pages of one `owner`, a person in an app, share the values; those of others are kept apart.
 * `onChange` is called for every change, also those of other pages.
 */
export function createStorage(
  owner: string,
  initial?: Record<string, unknown>,
  onChange: () => void = () => {},
): Storage {
  const prefix = `${namePrefix}${encodeURIComponent(owner)}:`
  const entries = new Map<string, Entry>()
  for (const [name, stored] of Object.entries({ ...localStorage })) {
    if (name.startsWith(prefix))
      entries.set(name.slice(prefix.length), JSON.parse(String(stored)) as Entry)
  }
  // Fires for what other pages wrote, never for this page's own writing.
  addEventListener('storage', ({ key: name, newValue }) => {
    if (name !== null && !name.startsWith(prefix)) return
    const key = name?.slice(prefix.length)
    if (key === undefined) entries.clear()
    else if (newValue === null) entries.delete(key)
    else entries.set(key, JSON.parse(newValue) as Entry)
    onChange()
  })
  const total = () =>
    [...entries].reduce((sum, [key, { json }]) => sum + key.length + json.length, 0)
  const mirror = (key: string, entry: Entry) => {
    try {
      localStorage.setItem(prefix + key, JSON.stringify(entry))
    } catch {
      // The browser holds less than WeChat's 10 MB; what does not fit lives until the next start.
    }
  }
  const storage: Storage = {
    get(key, encrypted) {
      const entry = entries.get(key)
      if (!entry) return undefined
      // Read without asking for decryption, WeChat returns what is on the disk.
      if (entry.encrypted && !encrypted) return btoa(encodeURIComponent(entry.json))
      return JSON.parse(entry.json) as unknown
    },
    set(key, value, encrypted) {
      const json = JSON.stringify(value) ?? '""'
      if (json.length > keyLimit) throw new Error('entry size limit reached')
      const before = entries.get(key)
      if (total() - (before?.json.length ?? 0) + json.length > totalLimit) {
        throw new Error('exceed storage max size 10Mb')
      }
      entries.set(key, { json, encrypted })
      mirror(key, { json, encrypted })
      onChange()
    },
    remove(key) {
      entries.delete(key)
      localStorage.removeItem(prefix + key)
      onChange()
    },
    clear() {
      for (const key of entries.keys()) localStorage.removeItem(prefix + key)
      entries.clear()
      onChange()
    },
    keys: () => [...entries.keys()],
    size: () => Math.ceil(total() / 1024),
    entries: () =>
      Object.fromEntries([...entries].map(([key, { json }]) => [key, JSON.parse(json) as unknown])),
  }
  if (initial) {
    storage.clear()
    for (const [key, value] of Object.entries(initial)) storage.set(key, value, false)
  }
  return storage
}
