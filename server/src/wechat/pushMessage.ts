import { parseXml, XmlElement } from '@rgrove/parse-xml'
import { z } from 'zod'

/** The members of a message that hold a value; those that hold members are left out. */
export type PushMessage = Record<string, string>

// Silent replacement of bad bytes would make another user of an openid.
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a message in either data format of WeChat's console; it says nowhere but there which was
 * chosen. Undefined for what is neither.
 */
export function readPushMessage(bytes: Uint8Array): PushMessage | undefined {
  try {
    const text = utf8.decode(bytes).trim()
    return text.startsWith('<') ? readXml(text) : readJson(text)
  } catch {
    return undefined
  }
}

/** The parser knows XML's five own entities and expands no others. */
function readXml(text: string): PushMessage {
  const members = parseXml(text).root?.children ?? []
  return Object.fromEntries(
    members
      .filter((member) => member instanceof XmlElement)
      .map(({ name, text: value }) => [name, value.trim()]),
  )
}

/** WeChat's own sample has spaces in its names (WeChat: 授权用户信息变更). */
function readJson(text: string): PushMessage {
  const members = Object.entries(z.record(z.string(), z.unknown()).parse(JSON.parse(text)))
  return Object.fromEntries(
    members
      .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
      .map(([name, value]) => [name.trim(), String(value)]),
  )
}
