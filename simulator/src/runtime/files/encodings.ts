import { FileFailure } from './failure'

type Bytes = Uint8Array<ArrayBuffer>

/** In pieces, as a call takes only so many arguments. */
function toBinary(bytes: Bytes): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += 0x8000)
    text += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
  return text
}

const fromBinary = (text: string): Bytes =>
  Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff)

/** Bytes as base64, as a browser's storage and messages carry them. */
export const toBase64 = (bytes: Bytes): string => btoa(toBinary(bytes))

/** Throws `FileFailure` for what is no base64, a data URL among them. */
export function fromBase64(text: string): Bytes {
  try {
    return fromBinary(atob(text))
  } catch {
    throw new FileFailure(1300203)
  }
}

function fromHex(text: string): Bytes {
  if (text.length % 2 === 1 || /[^0-9a-f]/i.test(text)) throw new FileFailure(1300022)
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

const toHex = (bytes: Bytes) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const fromUtf16 = (text: string): Bytes => {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), true)
  return new Uint8Array(view.buffer)
}

interface Encoding {
  encode(text: string): Bytes
  decode(bytes: Bytes): string
}

const utf8: Encoding = {
  encode: (text) => new TextEncoder().encode(text),
  // With its byte order mark, as Node has it.
  decode: (bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
}
const utf16: Encoding = {
  encode: fromUtf16,
  decode: (bytes) => new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes),
}
const binary: Encoding = { encode: fromBinary, decode: toBinary }

/** WeChat: FileSystemManager.readFile, encoding. */
const encodings = new Map<unknown, Encoding>([
  ...['utf8', 'utf-8'].map((name) => [name, utf8] as const),
  ...['ucs2', 'ucs-2', 'utf16le', 'utf-16le'].map((name) => [name, utf16] as const),
  ...['ascii', 'binary', 'latin1'].map((name) => [name, binary] as const),
  ['base64', { encode: fromBase64, decode: toBase64 }],
  ['hex', { encode: fromHex, decode: toHex }],
])

/** The encoding of this name; throws `FileFailure` for one that WeChat does not have. */
export function encodingOf(name: unknown): Encoding {
  const encoding = encodings.get(name)
  if (!encoding) throw new FileFailure(1300022)
  return encoding
}

/** What an app writes, as bytes; throws `FileFailure`. */
export function bytesOf(data: unknown, encoding: unknown = 'utf8'): Bytes {
  // A copy: the app may go on to change its own.
  if (data instanceof ArrayBuffer) return new Uint8Array(data.slice(0))
  if (typeof data === 'string') return encodingOf(encoding).encode(data)
  throw new FileFailure(1300022)
}
