import type { CompiledDirectory } from './compiledDirectory'
import { PackError } from './packError'
import type { ComponentConfig, PackedApp } from './packedApp'
import type { Problems } from './problem'
import { resolveFile, type Aliases } from './resolve'
import { appSelector, componentSelector, convertWxss, pageSelector } from './wxss'

/** A stretch of a style sheet: `text` begins on the line `line` of `file`. */
interface Piece {
  file: string
  line: number
  text: string
}

/**
 * An import; comments and strings, in which nothing is imported. One that is not ended reaches as far as in
 * `wxss.ts`.
 */
const importOrOther =
  /@import\s+(?:url\()?["']([^"']+)["']\)?\s*;?|\/\*[^]*?(?:\*\/|$)|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?/g

/** Imports of one sheet, those of what it imports included: where each imports two, they double each time. */
const mostImports = 10_000

const lineBreaks = (text: string) => text.split('\n').length - 1

/**
 * A style sheet with the imported files in the place of `@import`; one that is not there is left out, and so
 * are a file inside itself and what is too many.
 */
function readPieces(
  directory: CompiledDirectory,
  sheet: string,
  aliases: Aliases,
  problems: Problems,
): Piece[] {
  const pieces: Piece[] = []
  let imports = 0
  const read = (file: string, around: readonly string[]) => {
    const text = directory.read(file)
    const within = [...around, file]
    let last = 0
    let line = 1
    /** Returns the line that it ends on. */
    const addUntil = (end: number): number => {
      const stretch = text.slice(last, end)
      pieces.push({ file, line, text: stretch })
      return line + lineBreaks(stretch)
    }
    for (const { 0: whole, 1: target, index } of text.matchAll(importOrOther)) {
      if (target === undefined) continue
      const at = addUntil(index)
      last = index + whole.length
      line = at + lineBreaks(whole)
      const imported = resolveFile(directory.files, file, target, '.wxss', aliases)
      if (imported === undefined)
        problems.add(file, `imports "${target}", which is not there (line ${at})`)
      else if (imports === mostImports)
        problems.add(sheet, `imports style sheets more than ${mostImports} times`)
      else if (!within.includes(imported)) {
        imports += 1
        read(imported, within)
      }
    }
    addUntil(text.length)
  }
  read(sheet, [])
  return pieces
}

/** The file and line of a place in the text that the pieces make together. */
function placeOf(pieces: readonly Piece[], offset: number): { file: string; line: number } {
  let start = 0
  for (const { file, line, text } of pieces) {
    if (offset < start + text.length)
      return { file, line: line + lineBreaks(text.slice(0, offset - start)) }
    start += text.length
  }
  const { file, line, text } = pieces.at(-1)!
  return { file, line: line + lineBreaks(text) }
}

/** Turns the WXSS of the app, its pages and its components into CSS. */
export function convertStyles(
  directory: CompiledDirectory,
  components: Record<string, ComponentConfig>,
  pages: readonly string[],
  aliases: Aliases,
  problems: Problems,
): Pick<PackedApp, 'styles' | 'stylePrefixes'> {
  const styles: Record<string, string> = {}
  const stylePrefixes: Record<string, string> = {}
  const add = (path: string, selector: (selector: string) => string) => {
    const file = `${path}.wxss`
    if (!directory.files.has(file)) return
    try {
      const pieces = readPieces(directory, file, aliases, problems)
      const { css, fault } = convertWxss(pieces.map(({ text }) => text).join(''), selector)
      styles[path] = css
      if (!fault) return
      const at = placeOf(pieces, fault.offset)
      problems.add(at.file, `${fault.message} (line ${at.line})`)
    } catch (error) {
      if (!(error instanceof PackError)) throw error
      problems.add(error.file, error.problem)
    }
  }
  add('app', appSelector)
  for (const path of Object.keys(components)) {
    if (pages.includes(path)) add(path, pageSelector(path))
    else {
      const prefix = `c${Object.keys(stylePrefixes).length + 1}`
      stylePrefixes[path] = prefix
      add(path, componentSelector(prefix))
    }
  }
  return { styles, stylePrefixes }
}
