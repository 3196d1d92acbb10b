import { fromBase64, toBase64 } from './encodings'

/** A file or a directory, by its path; times in ms. */
export type Entry =
  | { kind: 'file'; bytes: Uint8Array<ArrayBuffer>; accessed: number; modified: number }
  | { kind: 'directory'; accessed: number; modified: number }

/** The files of one person that a restart finds again. */
export interface KeptFiles {
  get(path: string): Entry | undefined
  set(path: string, entry: Entry): void
  delete(path: string): void
  /** All paths, in no order. */
  paths(): string[]
  clear(): void
}

const namePrefix = 'miniprogram-file:'

/**
 * So many letters in all are kept in the browser, which holds 5 million with all else that apps store;
 * files beyond live until the next start.
 */
const keptLimit = 2_000_000

const write = (entry: Entry) =>
  JSON.stringify(entry.kind === 'file' ? { ...entry, bytes: toBase64(entry.bytes) } : entry)

function read(stored: string): Entry {
  const entry = JSON.parse(stored) as Entry
  return entry.kind === 'file' ? { ...entry, bytes: fromBase64(String(entry.bytes)) } : entry
}

/** Forgets the files of all persons in this browser. */
export function forgetKeptFiles(): void {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(namePrefix)) localStorage.removeItem(name)
  }
}

/** Several pages of one `owner`, a person in an app, share the files; those of others are kept apart. */
export function createKeptFiles(owner: string): KeptFiles {
  const prefix = `${namePrefix}${encodeURIComponent(owner)}:`
  const entries = new Map<string, Entry>()
  const lengths = new Map<string, number>()
  const take = (path: string, stored: string) => {
    entries.set(path, read(stored))
    lengths.set(path, stored.length)
  }
  const drop = (path: string) => {
    entries.delete(path)
    lengths.delete(path)
  }
  for (const [name, stored] of Object.entries({ ...localStorage }))
    if (name.startsWith(prefix)) take(name.slice(prefix.length), String(stored))
  // Fires for what other pages wrote, never for this page's own writing.
  addEventListener('storage', ({ key: name, newValue }) => {
    if (name === null) for (const path of [...entries.keys()]) drop(path)
    else if (!name.startsWith(prefix)) return
    else if (newValue === null) drop(name.slice(prefix.length))
    else take(name.slice(prefix.length), newValue)
  })

  // Rather none than the content of before. Other pages lose the file.
  const unkeep = (path: string) => {
    lengths.delete(path)
    localStorage.removeItem(prefix + path)
  }
  // Set in one step: other pages would see the file missing in between.
  const keep = (path: string, entry: Entry) => {
    // Base64 has four letters for three bytes.
    const length = entry.kind === 'file' ? Math.ceil(entry.bytes.length / 3) * 4 : 0
    let total = length - (lengths.get(path) ?? 0)
    for (const one of lengths.values()) total += one
    if (total > keptLimit) return unkeep(path)
    const stored = write(entry)
    try {
      localStorage.setItem(prefix + path, stored)
      lengths.set(path, stored.length)
    } catch {
      // Other values have taken the room: the file lives until the next start.
      unkeep(path)
    }
  }
  const kept: KeptFiles = {
    get: (path) => entries.get(path),
    set(path, entry) {
      entries.set(path, entry)
      keep(path, entry)
    },
    delete(path) {
      drop(path)
      localStorage.removeItem(prefix + path)
    },
    paths: () => [...entries.keys()],
    clear() {
      for (const path of [...entries.keys()]) kept.delete(path)
    },
  }
  return kept
}
