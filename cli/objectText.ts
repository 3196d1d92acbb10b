import { afterComment, indentAt, type Insertion } from './insertion'
import { quoted, type Style } from './style'

/** Where an object is written, in JSON or in TypeScript. */
export interface ObjectPlace {
  /** The offset of its brace. */
  start: number
  /** The offset of its first property; undefined if it has none. */
  first: number | undefined
}

export type Properties = readonly (readonly [key: string, value: string | Properties])[]

export type Language = 'json' | 'typescript'

/**
 * Puts properties in at the object's beginning. There no comma of the reader's has to move, no comment
 * changes what it is beside, and no `#ifdef` has begun.
 */
export function prepend(
  text: string,
  object: ObjectPlace,
  properties: Properties,
  writer: ObjectWriter,
): Insertion {
  const { first, start } = object
  const brace = start + 1
  if (first !== undefined && !text.slice(start, first).includes('\n')) {
    const gap = /\s/.test(text[brace]!) ? '' : ' '
    return { offset: brace, text: ` ${writer.inLine(properties)},${gap}` }
  }
  const { eol, unit } = writer.style
  const outer = indentAt(text, start)
  const indent = first === undefined ? outer + unit : indentAt(text, first)
  const offset = afterComment(text, brace)
  const lines = `${eol}${indent}${writer.inLines(properties, indent, first !== undefined)}`
  const isClosed = first === undefined && /^\s*?\}/.test(text.slice(offset))
  return {
    offset,
    text: lines + (isClosed && !/^\s*?\n/.test(text.slice(offset)) ? eol + outer : ''),
  }
}

/** Writes properties as a language has them. */
export interface ObjectWriter {
  readonly style: Style
  inLine(properties: Properties): string
  /** @param more whether others follow */
  inLines(properties: Properties, indent: string, more: boolean): string
}

export function createObjectWriter(language: Language, style: Style): ObjectWriter {
  const string = (text: string) =>
    language === 'json' ? JSON.stringify(text) : quoted(text, style.quote)
  const key = (name: string) =>
    language === 'typescript' && /^\w+$/.test(name) ? name : string(name)

  function inLine(properties: Properties): string {
    return properties
      .map(([name, value]) => {
        const written = typeof value === 'string' ? string(value) : `{ ${inLine(value)} }`
        return `${key(name)}: ${written}`
      })
      .join(', ')
  }

  function inLines(properties: Properties, indent: string, more: boolean): string {
    const inner = indent + style.unit
    const written = properties.map(([name, value]) => {
      if (typeof value === 'string') return `${key(name)}: ${string(value)}`
      const lines = inLines(value, inner, false)
      return `${key(name)}: {${style.eol}${inner}${lines}${style.eol}${indent}}`
    })
    const isFollowed = more || language === 'typescript'
    return written.join(`,${style.eol}${indent}`) + (isFollowed ? ',' : '')
  }

  return { style, inLine, inLines }
}
