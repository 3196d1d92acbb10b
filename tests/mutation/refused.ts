// Many mutants are no TypeScript: a state of a name that no state has, an object without its members.
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import ts from 'typescript'

/** A changed place, counted from 1 as Stryker's reports do. */
export interface Change {
  fileName: string
  replacement: string
  location: { start: Place; end: Place }
}

interface Place {
  line: number
  column: number
}

/** Makes what says whether the compiler takes a file with this change in it; it does not look at other files. */
export function createCompiler(configFile: string) {
  const { config } = ts.readConfigFile(configFile, ts.sys.readFile) as { config: object }
  const folder = dirname(resolve(configFile))
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder)
  const files = new Set<string>()
  /** The one file that is changed, and how often there was one. */
  let changed = { name: '', text: '', version: 0 }
  const textOf = (name: string) => (name === changed.name ? changed.text : ts.sys.readFile(name))
  const service = ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => options,
    getCurrentDirectory: () => resolve('.'),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => [...files],
    getScriptVersion: (name) => (name === changed.name ? String(changed.version) : '0'),
    getScriptSnapshot(name) {
      const text = textOf(name)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    readFile: textOf,
  })

  return function isRefused({ fileName, replacement, location }: Change): boolean {
    const name = resolve(fileName)
    files.add(name)
    const text = readFileSync(name, 'utf8')
    const [start, end] = [location.start, location.end].map((place) => offsetOf(text, place))
    changed = {
      name,
      text: text.slice(0, start) + replacement + text.slice(end),
      version: changed.version + 1,
    }
    return (
      service.getSyntacticDiagnostics(name).length > 0 ||
      service.getSemanticDiagnostics(name).length > 0
    )
  }
}

function offsetOf(text: string, { line, column }: Place): number {
  const before = text.split('\n').slice(0, line - 1)
  return before.reduce((sum, { length }) => sum + length + 1, 0) + column - 1
}
