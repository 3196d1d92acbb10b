import { encodingOf } from './encodings'
import { FileFailure } from './failure'

/** How a file is read (WeChat: FileSystemManager.readFile). */
export interface ReadOptions {
  /** Bytes where absent. */
  encoding?: unknown
  position?: unknown
  length?: unknown
}

function partOf(bytes: Uint8Array<ArrayBuffer>, { position, length }: ReadOptions) {
  const from = Number(position ?? 0)
  if (!Number.isInteger(from) || from < 0 || (from > 0 && from >= bytes.length))
    throw new FileFailure(1301009)
  const count = Number(length ?? bytes.length - from)
  const isOutside = count < 1 || from + count > bytes.length
  if (length != null && (!Number.isInteger(count) || isOutside)) throw new FileFailure(1301006)
  return bytes.slice(from, from + count)
}

/** What an app is given of a file's bytes: a copy, or text; throws `FileFailure`. */
export function readContent(
  bytes: Uint8Array<ArrayBuffer>,
  options: ReadOptions,
): string | ArrayBuffer {
  const part = partOf(bytes, options)
  return options.encoding == null ? part.buffer : encodingOf(options.encoding).decode(part)
}
