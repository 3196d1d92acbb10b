import { relative } from 'node:path'
import ts from 'typescript'
import { createProgram, entries, exportsOf } from './compiler'
import type { Example } from './documents'

/** A function, class or composable that an entry exports, or a method of the client. */
export interface Documented {
  /** E.g. `createAuth` or `Auth.request`. */
  name: string
  /** Where it is declared, e.g. `src/auth/types.ts:12`. */
  at: string
  /** The code of each `@example` in its doc comment. */
  examples: Example[]
  /** The names of all its tags: to TypeScript, an `@` within an example begins another one. */
  tags: string[]
}

/** Everything that an app can call, with the examples in its doc comments. */
export function readDocComments(): Documented[] {
  const program = createProgram()
  const checker = program.getTypeChecker()
  const symbols = Object.values(entries).flatMap((entry) => exportsOf(program, entry))
  const callable = symbols.filter((one) => one.flags & ts.SymbolFlags.Value)
  const auth = symbols.find(({ name }) => name === 'Auth')!
  const methods = checker
    .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(auth))
    .filter((one) => one.flags & ts.SymbolFlags.Method)

  const read = (symbol: ts.Symbol, name: string): Documented => {
    const at = placeOf(symbol.declarations![0]!)
    const tags = symbol.getJsDocTags(checker)
    const examples = tags
      .filter((tag) => tag.name === 'example')
      .map(({ text }) => ({ at: `${at} ${name}`, code: `${ts.displayPartsToString(text)}\n` }))
    return { name, at, examples, tags: tags.map((tag) => tag.name) }
  }
  return [
    ...callable.map((one) => read(one, one.name)),
    ...methods.map((one) => read(one, `Auth.${one.name}`)),
  ]
}

function placeOf(declaration: ts.Declaration): string {
  const source = declaration.getSourceFile()
  const { line } = source.getLineAndCharacterOfPosition(declaration.getStart())
  return `${relative(process.cwd(), source.fileName)}:${line + 1}`
}
