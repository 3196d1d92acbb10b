/** One challenge of a `WWW-Authenticate` (RFC 9110 section 11.6.1), its scheme in lower case. */
export interface Challenge {
  scheme: string
  params: Map<string, Param>
}

interface Param {
  value: string
  isQuoted: boolean
}

/** What could be read; `fault` says where the grammar ends. */
export interface Challenges {
  list: Challenge[]
  fault?: string
}

const token = String.raw`[!#$%&'*+\-.^_\`|~\w]+`
const quoted = String.raw`"(?:[\t !#-\[\]-~]|\\[\t -~])*"`
const separator = /(?:[ \t]*,)+[ \t]*|[ \t]*$/y
const param = new RegExp(
  `(${token})[ \\t]*=[ \\t]*(?:(${quoted})|(${token}))(?=[ \\t]*(?:,|$))`,
  'y',
)
// A scheme with a token68, such as `Negotiate YII=`, or before its parameters.
const scheme = new RegExp(
  `(${token})(?: +[\\w\\-.~+/]+=*(?=[ \\t]*(?:,|$))| +(?=${token}[ \\t]*=)|(?=[ \\t]*(?:,|$)))`,
  'y',
)

/**
 * Reads by the strict grammar of a sender: clients forgive much, but not all of them the same. What
 * comes before a fault is in the list all the same.
 */
export function readChallenges(text: string): Challenges {
  const list: Challenge[] = []
  let at = 0
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match) at = pattern.lastIndex
    return match
  }
  const faultHere = (): Challenges => ({
    list,
    fault: `at character ${at + 1} of ${JSON.stringify(text)}`,
  })

  while (at < text.length) {
    const current = list.at(-1)
    const found = current && take(param)
    if (found) {
      const [, name = '', quotedValue, plain = ''] = found
      const key = name.toLowerCase()
      if (current.params.has(key)) return faultHere()
      const value = quotedValue?.slice(1, -1).replace(/\\(.)/g, '$1') ?? plain
      current.params.set(key, { value, isQuoted: quotedValue !== undefined })
    } else {
      const next = take(scheme)
      if (!next) return faultHere()
      list.push({ scheme: next[1]!.toLowerCase(), params: new Map() })
      // Its parameters follow without a comma.
      if (/ $/.test(next[0])) continue
    }
    if (!take(separator)) return faultHere()
  }
  return { list }
}

/** The text of an extended value such as `UTF-8''…` (RFC 8187); undefined if it is none. */
export function decodeExtended(value: string): string | undefined {
  const [, encoded] = /^UTF-8'[\w-]*'((?:%[\dA-F]{2}|[!#$&+\-.^_`|~\w])*)$/i.exec(value) ?? []
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}

/** The same for the same challenges, however they are spelled. */
export function canonical({ list }: Challenges): string {
  return JSON.stringify(
    list.map(({ scheme, params }) => [
      scheme,
      [...params].map(([name, { value }]) => `${name}=${value}`).sort(),
    ]),
  )
}
