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
