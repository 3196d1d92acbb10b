import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import type { Example } from './documents'

const root = join(import.meta.dirname, '../..')
/** What the package exports to scripts, by the name that an app imports. */
export const entries = {
  watchword: join(root, 'src/index.ts'),
  'watchword/adapters': join(root, 'src/adapters/index.ts'),
  'watchword/forms': join(root, 'src/forms/index.ts'),
  'watchword/host': join(root, 'src/host/index.ts'),
  'watchword/sign-in': join(root, 'src/signIn/index.ts'),
}
const folder = join(root, 'docs/examples')

/** What an example takes for granted: the client of the first section, and something to send. */
const setting = `
  declare const auth: import('watchword').Auth
  declare const data: Record<string, unknown>
  declare module '*.vue' {
    const component: import('vue').Component
    export default component
  }
`

export interface Compiled {
  /** `client.md:12: …` for each error the compiler finds in the examples. */
  errors: string[]
  /** The names that the package's entries export, types too. */
  exports: string[]
  /** The members of an exported interface or class, the constructor and inherited ones left out. */
  membersOf(name: string): string[]
  /** The literals of an exported union of strings; with a member, those of that member's type. */
  literalsOf(name: string, member?: string): string[]
}

/** Compiles examples as the app's own files are compiled. */
export function compile(examples: Example[]): Compiled {
  const sources = new Map([[join(folder, 'setting.d.ts'), setting]])
  const places = new Map<string, Example>()
  for (const [number, example] of examples.entries()) {
    const file = join(folder, fileOf(example, number))
    sources.set(file, moduleOf(example.code))
    places.set(file, example)
  }

  const program = createProgram(sources)
  const checker = program.getTypeChecker()
  const symbols = Object.values(entries).flatMap((entry) => exportsOf(program, entry))

  function typeOf(name: string): ts.Type {
    const symbol = symbols.find((one) => one.name === name)
    if (!symbol) throw new Error(`the package does not export ${name}`)
    return checker.getDeclaredTypeOfSymbol(symbol)
  }

  return {
    errors: [...places].flatMap(([file, { at }]) => {
      const source = program.getSourceFile(file)!
      const found = [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ]
      return found.map(({ messageText }) => {
        return `${at}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
      })
    }),
    exports: symbols.map(({ name }) => name),
    membersOf: (name) =>
      typeOf(name)
        .getProperties()
        .filter(({ declarations = [] }) =>
          declarations.some((one) => one.getSourceFile().fileName.startsWith(join(root, 'src'))),
        )
        .map((member) => member.name),
    literalsOf(name, member) {
      const symbol = member === undefined ? undefined : typeOf(name).getProperty(member)
      const type = symbol ? checker.getTypeOfSymbol(symbol) : typeOf(name)
      return (type.isUnion() ? type.types : [type]).flatMap((one) =>
        one.isStringLiteral() ? [one.value] : [],
      )
    },
  }
}

/** The package's entries, and further files by their path, as a strict app has them. */
export function createProgram(sources: Map<string, string> = new Map()): ts.Program {
  const options = appOptions()
  const files = [...Object.values(entries), ...sources.keys()]
  return ts.createProgram(files, options, hostOf(sources, options))
}

/** What an entry exports; an alias is what it stands for. */
export function exportsOf(program: ts.Program, entry: string): ts.Symbol[] {
  const checker = program.getTypeChecker()
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry)!)!
  return checker
    .getExportsOfModule(module)
    .map((one) => (one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one))
}

function appOptions(): ts.CompilerOptions {
  const file = join(root, 'tsconfig.app.json')
  const { config } = ts.readConfigFile(file, (path) => readFileSync(path, 'utf8'))
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  return {
    ...options,
    // An example may show a value without going on to use it.
    noUnusedLocals: false,
    noUnusedParameters: false,
    paths: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, [file]])),
  }
}

/** The files of disk that a program has read: another one need not parse them again. */
const parsed = new Map<string, ts.SourceFile>()

/** The compiler's own host, to which the examples look like files of docs/examples. */
function hostOf(sources: Map<string, string>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, directoryExists } = host
  host.fileExists = (file) => sources.has(file) || fileExists(file)
  host.readFile = (file) => sources.get(file) ?? readFile(file)
  const folders = new Set([...sources.keys()].map(dirname))
  host.directoryExists = (path) => folders.has(path) || (directoryExists?.(path) ?? true)
  host.getSourceFile = (file, languageVersion) => {
    const known = parsed.get(file)
    if (known) return known
    const text = host.readFile(file)
    if (text === undefined) return undefined
    const source = ts.createSourceFile(file, text, languageVersion)
    if (!sources.has(file)) parsed.set(file, source)
    return source
  }
  return host
}

/** An example that says which file it is can be imported by others of its page. */
function fileOf({ at, code }: Example, number: number): string {
  const [, file] = /^\/\/ (\S+\.ts)\n/.exec(code) ?? []
  return file ? join(at.replace(/\.md:\d+$/, ''), file) : `example${number}.ts`
}

/** Code that exports nothing runs in a function of the app, where it may return. */
function moduleOf(code: string): string {
  if (/^export /m.test(code)) return code
  const imports = code.match(/^import [\s\S]*?from '.*'$/gm) ?? []
  const rest = imports.reduce((left, one) => left.replace(one, ''), code)
  return [...imports, 'async function example() {', rest, '}', 'export {}'].join('\n')
}
