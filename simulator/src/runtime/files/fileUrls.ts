import type { FileSystem } from './fileSystem'

/** Browsers find out by themselves what a picture is, but for this one. */
const typeOf = (path: string) => (path.endsWith('.svg') ? 'image/svg+xml' : '')

/** Makes the addresses under which the browser has the app's own files; undefined for all others. */
export function createFileUrls(files: FileSystem): (path: string) => string | undefined {
  const urls = new Map<string, { bytes: Uint8Array; url: string }>()
  return (path) => {
    const bytes = files.own(path)
    const before = urls.get(path)
    if (before && before.bytes === bytes) return before.url
    if (before) URL.revokeObjectURL(before.url)
    urls.delete(path)
    if (!bytes) return undefined
    const url = URL.createObjectURL(new Blob([bytes], { type: typeOf(path) }))
    urls.set(path, { bytes, url })
    return url
  }
}
