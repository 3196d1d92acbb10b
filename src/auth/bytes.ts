/** By its length: hosts have realms of their own, whose buffers are no `ArrayBuffer` of this one. */
export function isBytes(data: unknown): data is ArrayBuffer {
  return typeof (data as ArrayBuffer | null | undefined)?.byteLength === 'number'
}

/**
 * The text that these bytes are in UTF-8; `undefined` if they are none. By percents: not every
 * mini-program has `TextDecoder`.
 */
export function decodeUTF8(bytes: Uint8Array): string | undefined {
  let escaped = ''
  for (const byte of bytes) escaped += `%${(byte + 256).toString(16).slice(1)}`
  try {
    return decodeURIComponent(escaped)
  } catch {
    return undefined
  }
}
