// What a data directory holds is for the user alone who runs the backend, whatever their umask is.
import { chmod, mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { NodeFS } from '@electric-sql/pglite/nodefs'

const ownerOnly = 0o700
const others = 0o077

/**
 * Makes the directory so that only its owner can enter it. Of one that others could enter, it takes
 * their permissions away, and those on everything in it.
 */
export async function makePrivateDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: ownerOnly })
  const { mode } = await stat(directory)
  if ((mode & others) === 0) return
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  for (const entry of entries.filter((one) => one.isFile() || one.isDirectory())) {
    await restrict(join(entry.parentPath, entry.name))
  }
  // The last, so that the next start does again what was cut off.
  await restrict(directory)
}

async function restrict(path: string): Promise<void> {
  const { mode } = await stat(path)
  await chmod(path, mode & ownerOnly)
}

/** What Emscripten's file system has of `fs` (https://emscripten.org/docs/api_reference/Filesystem-API.html). */
interface EmscriptenFiles {
  mkdir(path: string, mode?: number): unknown
  chmod(path: unknown, mode: number, dontFollow?: boolean): unknown
}

/**
 * The files of a PGlite, in a directory. PostgreSQL's own modes do not arrive: PGlite makes each file
 * with mode 0666, and then calls `chmod` with it, which no umask changes.
 */
export class PrivateFiles extends NodeFS {
  override async init(...[pglite, options]: Parameters<NodeFS['init']>) {
    const { emscriptenOpts } = await super.init(pglite, options)
    const preRun = emscriptenOpts.preRun ?? []
    return {
      emscriptenOpts: {
        ...emscriptenOpts,
        preRun: [...preRun, ({ FS }: { FS: EmscriptenFiles }) => restrictNewFiles(FS)],
      },
    }
  }
}

function restrictNewFiles(files: EmscriptenFiles): void {
  const { mkdir, chmod } = files
  files.mkdir = (path) => mkdir(path, ownerOnly)
  files.chmod = (path, mode, dontFollow) => chmod(path, mode & ~others, dontFollow)
}
