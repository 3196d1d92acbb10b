import { isH5 } from './target'

interface FileHost {
  getFileSystemManager?(): { readFileSync(path: string, encoding: string): unknown }
}

declare const uni: FileHost
// The project's types know no DOM: this is what is used of it.
declare const fetch: (url: string) => Promise<{ text(): Promise<string> }>

/** What a file says; `undefined` where that cannot be read. On H5 its path is the address of a blob. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    if (isH5) return await (await fetch(path)).text()
    const text = uni.getFileSystemManager?.().readFileSync(path, 'utf8')
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}
