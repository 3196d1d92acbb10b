// Stored values are shown to whoever looks at the screen, and end up in screenshots.

const secretNames =
  /token$|^token|secret|password|session_?key|open_?id|union_?id|^(login|phone|js_?)?code$|^iv$|encrypted|signature|authorization|phone|mobile/i

/** Long runs without a space, as credentials are, and mainland China's mobile numbers. */
const secretTexts = [/^[\w+/=.-]{32,}$/, /^(\+?86)?1\d{10}$/]

const mask = '••••••'

/**
 * A copy of `value` fit to be shown: texts and numbers under names of secrets are masked at any
 * depth, and so is what looks like a credential; JSON kept as text is looked into.
 */
export function maskSecrets(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return maskText(value, name)
  if (typeof value === 'number') return secretNames.test(name) ? mask : value
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item, name))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, maskSecrets(member, key)]),
  )
}

function maskText(text: string, name: string): unknown {
  if (/^\s*[[{]/.test(text)) {
    try {
      return maskSecrets(JSON.parse(text), name)
    } catch {
      // No JSON after all.
    }
  }
  if (text === '') return text
  return secretNames.test(name) || secretTexts.some((pattern) => pattern.test(text)) ? mask : text
}
