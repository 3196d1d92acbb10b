import type { Context } from 'hono'
import { accepts } from 'hono/accepts'

/** A text in both languages of this backend, or one text for both. */
export type Localized = string | { zh: string; en: string }

/** The one that the request asks for in `Accept-Language`; Chinese if it asks for neither. */
export function inLanguageOf(c: Context, text: Localized): string {
  if (typeof text === 'string') return text
  const language = accepts(c, {
    header: 'Accept-Language',
    supports: ['zh', 'en'],
    default: 'zh',
    match: (accepted, { supports, default: otherwise }) =>
      // The most wanted comes first; what has q=0 is not wanted at all (RFC 9110 section 12.4.2).
      accepted
        .filter(({ q }) => q > 0)
        .map(({ type }) => type.slice(0, 2).toLowerCase())
        .find((wanted) => supports.includes(wanted)) ?? otherwise,
  })
  return language === 'en' ? text.en : text.zh
}

/** The text as a parameter of a challenge. A header is ASCII: other text is encoded (RFC 8187). */
export function reasonParam(reason: string): string {
  if (/^[\x20-\x7e]*$/.test(reason)) return `reason="${reason.replace(/["\\]/g, '\\$&')}"`
  const encoded = encodeURIComponent(reason).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `reason*=UTF-8''${encoded}`
}
