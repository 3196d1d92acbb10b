import { dirname, join } from 'node:path/posix'
import { parse } from 'vue/compiler-sfc'
import ts from 'typescript'

/** A component that imports scripts from the package's own name only. */
export interface Renamed {
  code: string
  /** The values that it imports, by the module of `src` that they come from. */
  values: Map<string, string[]>
}

/**
 * Makes a component import from `watchword` what it imports from scripts beside it. In development Vite
 * bundles packages, but no `.vue` file: a relative import would lead the component to a second copy of
 * the scripts that the app has, with a store of its own. Vite knows `watchword` before it serves anything,
 * as every app imports it in `main.ts`; the other entries it may find too late, and serve as a second copy.
 * @param source the path of the component, from the repository's root
 * @param specifierOf which entry exports a type
 * @throws Error if the component needs a type that the package does not export
 */
export function importByOwnName(
  source: string,
  text: string,
  specifierOf: (type: string) => string | undefined,
): Renamed {
  const script = parse(text).descriptor.scriptSetup
  if (!script) throw new Error(`${source} has no <script setup>`)
  const file = ts.createSourceFile('setup.ts', script.content, ts.ScriptTarget.Latest)
  const relative = file.statements.filter(ts.isImportDeclaration).filter((one) => {
    const path = moduleOf(one)
    return path.startsWith('.') && !path.endsWith('.vue')
  })

  const values = new Map<string, string[]>()
  const types = new Map<string, string[]>()
  for (const declaration of relative) {
    for (const { name, isType } of namesOf(declaration, source)) {
      if (isType) {
        const specifier = specifierOf(name)
        if (!specifier) throw new Error(`${source}: the package does not export ${name}`)
        types.set(specifier, [...(types.get(specifier) ?? []), name])
      } else {
        const from = join(dirname(source), moduleOf(declaration))
        values.set(from, [...(values.get(from) ?? []), name])
      }
    }
  }

  const lines = [
    line('import', [...values.values()].flat(), 'watchword'),
    ...[...types].map(([specifier, names]) => line('import type', names, specifier)),
  ].filter(Boolean)
  let rest = script.content
  for (const { pos, end } of relative.toReversed()) rest = rest.slice(0, pos) + rest.slice(end)
  const { start, end } = script.loc
  const code = `${text.slice(0, start.offset)}\n${lines.join('\n')}${rest}${text.slice(end.offset)}`
  return { code, values }
}

function moduleOf({ moduleSpecifier }: ts.ImportDeclaration): string {
  return (moduleSpecifier as ts.StringLiteral).text
}

function namesOf({ importClause }: ts.ImportDeclaration, source: string) {
  const bindings = importClause?.namedBindings
  if (!importClause || importClause.name || !bindings || !ts.isNamedImports(bindings))
    throw new Error(`${source}: only named imports can be renamed`)
  return bindings.elements.map((element) => {
    if (element.propertyName) throw new Error(`${source}: ${element.name.text} has an alias`)
    return { name: element.name.text, isType: importClause.isTypeOnly || element.isTypeOnly }
  })
}

function line(keyword: string, names: string[], specifier: string): string {
  return names.length > 0 ? `${keyword} { ${names.join(', ')} } from '${specifier}'` : ''
}
