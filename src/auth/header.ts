import { AuthError } from './errors'

/** RFC 9110 §5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/
/** RFC 9110 §5.5, and whatever lies beyond ASCII: no control character but the tab. */
const TEXT = /^[\t -~\u00a0-\uffff]*$/

/** Of most requests: one for all. */
const NONE: Readonly<Record<string, string>> = {}

/**
 * What goes out as headers: a copy, its names in lower case. HTTP knows no case (RFC 9110 §5.1), and
 * WeChat's documentation writes `content-type`; but hosts that add a header of their own beside one in
 * another case send two. The later of two counts. `Authorization` is the client's.
 * Hosts differ in what they make of values that are no text, and of line breaks.
 * @param mayAuthorize whether it is the client that gives it
 * @throws AuthError `protocol`: a name or a value cannot be sent.
 */
export function copyHeader(given: unknown, mayAuthorize = false): Readonly<Record<string, string>> {
  if (given === undefined || given === null) return NONE
  const header: Record<string, string> = {}
  // Others, e.g. a promise or `Headers`, have no members to send: what they hold would be lost.
  if (Object.prototype.toString.call(given) !== '[object Object]') throw refused()
  for (const [name, value] of Object.entries(given)) {
    const key = name.toLowerCase()
    if ((key === 'authorization' && !mayAuthorize) || value === undefined || value === null)
      continue
    if (!TOKEN.test(name)) throw refused()
    const isText = ['string', 'number', 'boolean'].includes(typeof value)
    if (!isText || !TEXT.test(String(value))) throw refused()
    header[key] = String(value)
  }
  return header
}

/** The value may be a secret: it is not shown. */
function refused(): AuthError {
  return new AuthError('protocol', { hint: 'header' })
}
