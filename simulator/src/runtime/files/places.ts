import { FileFailure } from './failure'

/** The directory in which an app may write as it likes (WeChat: `wx.env.USER_DATA_PATH`). */
export const userDataPath = 'wxfile://usr'

/** Files that `saveFile` keeps without being told where. */
const savedPrefix = 'wxfile://store_'

/**
 * Where a path leads (WeChat: 文件系统): the user's directory, saved files, temporary files, and the
 * app's own files. Only in the first may the app write.
 */
export type Place = { kind: 'user' | 'saved' | 'temporary' | 'package'; path: string }

/** `wxfile://usr/a//b/` as `wxfile://usr/a/b`; undefined for what leads out of the directory. */
function withinUserData(path: string): string | undefined {
  const parts: string[] = []
  for (const part of path.slice(userDataPath.length).split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined
    if (part !== '..' && part !== '.' && part !== '') parts.push(part)
  }
  return [userDataPath, ...parts].join('/')
}

/** Whether a file at this path would be one that the phone keeps by itself. */
export const isOwnPath = (path: string): boolean =>
  path.startsWith(`${userDataPath}/`) || path.startsWith(savedPrefix)

/** The path of a file that the phone keeps by itself, in its shortest form; undefined for all others. */
export function ownPath(path: string): string | undefined {
  if (path.startsWith(savedPrefix)) return path
  return isOwnPath(path) ? withinUserData(path) : undefined
}

/** Reads a path; throws `FileFailure` for one that leads nowhere. */
export function placeOf(path: string): Place {
  if (path === userDataPath || path.startsWith(`${userDataPath}/`)) {
    const within = withinUserData(path)
    if (within === undefined) throw new FileFailure(1301000)
    return { kind: 'user', path: within }
  }
  if (path.startsWith(savedPrefix)) return { kind: 'saved', path }
  if (path.startsWith('wxfile://')) return { kind: 'temporary', path }
  // The app's files are named from its root on.
  if (path === '' || path.startsWith('.') || /^\w+:/.test(path))
    throw new FileFailure(1300002, path)
  return { kind: 'package', path: path.replace(/^\//, '') }
}

/** A path for a file that is saved now, with the ending of the temporary one. */
export function savedPath(temporary: string): string {
  const ending = /\.\w+$/.exec(temporary)?.[0] ?? ''
  return `${savedPrefix}${crypto.randomUUID().replaceAll('-', '')}${ending}`
}

/** The directory that a path is in. */
export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))
