import fs from 'node:fs'
import path from 'node:path'

/** Folders that WeChat's tools leave out: packages before they are built, and what tools hide. */
const isLeftOut = (name: string) => name === 'node_modules' || name.startsWith('.')

/** The files in a folder and the folders in it, by their paths from there, with forward slashes. */
export function listFiles(root: string): string[] {
  const files: string[] = []
  const folders = ['']
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = folder ? `${folder}/${entry.name}` : entry.name
      const isFolder = entry.isSymbolicLink()
        ? fs.statSync(path.join(root, name), { throwIfNoEntry: false })?.isDirectory()
        : entry.isDirectory()
      if (!isFolder) files.push(name)
      else if (!isLeftOut(entry.name)) folders.push(name)
    }
  }
  return files.sort()
}
