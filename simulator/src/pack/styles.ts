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

/** A comment, in which nothing is imported, or an import. */
const commentOrImport = /\/\*[\s\S]*?\*\/|@import\s+(?:url\()?["']([^"']+)["']\)?\s*;?/g

const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length

/** A style sheet with the imported files in the place of `@import`; one that is not there is left out. */
function readPieces(
  directory: CompiledDirectory,
  file: string,
  aliases: Aliases,
  problems: Problems,
  seen: readonly string[] = [],
): Piece[] {
  const text = directory.read(file)
  const pieces: Piece[] = []
  let last = 0
  const addUntil = (end: number) =>
    pieces.push({ file, line: lineAt(text, last), text: text.slice(last, end) })
  for (const { 0: whole, 1: target, index } of text.matchAll(commentOrImport)) {
    if (target === undefined) continue
    addUntil(index)
    last = index + whole.length
    const imported = resolveFile(directory.files, file, target, '.wxss', aliases)
    if (imported === undefined)
      problems.add(file, `imports "${target}", which is not there (line ${lineAt(text, index)})`)
    else if (!seen.includes(imported))
      pieces.push(...readPieces(directory, imported, aliases, problems, [...seen, file]))
  }
  addUntil(text.length)
  return pieces
}

/** The file and line of a place in the text that the pieces make together. */
function placeOf(pieces: readonly Piece[], offset: number): { file: string; line: number } {
  let start = 0
  for (const { file, line, text } of pieces) {
    if (offset < start + text.length) return { file, line: line - 1 + lineAt(text, offset - start) }
    start += text.length
  }
  const { file, line, text } = pieces.at(-1)!
  return { file, line: line - 1 + lineAt(text, text.length) }
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
