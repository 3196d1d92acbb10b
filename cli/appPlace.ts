import { conditionsIn } from './conditions'
import { importsOf, nodesIn, uses, type File, type Node, type Statement } from './syntax'

type Program = File['program']

/** Where a module creates its app. */
export interface AppPlace {
  /** The variable that keeps it. */
  name: string
  /** The statement that declares it. */
  statement: Statement
  /** What follows that in the same block. */
  following: Statement[]
}

/** The statement that keeps what `createSSRApp` returns, if there is exactly one. */
export function findApp(program: Program): AppPlace | undefined {
  const isCreation = creationIn(program)
  const places: AppPlace[] = []
  for (const block of nodesIn(program)) {
    if (block.type !== 'Program' && block.type !== 'BlockStatement') continue
    block.body.forEach((statement, index) => {
      const declaration =
        statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
      if (declaration?.type !== 'VariableDeclaration') return
      for (const { id, init } of declaration.declarations)
        if (id.type === 'Identifier' && init && isCreation(init))
          places.push({ name: id.name, statement, following: block.body.slice(index + 1) })
    })
  }
  return places.length === 1 ? places[0] : undefined
}

/** Recognizes `createSSRApp(App)`, also with `.use(…)` behind it. */
function creationIn(program: Program): (node: Node) => boolean {
  // With unplugin-auto-import nothing imports it.
  const creators = new Set(['createSSRApp'])
  const namespaces = new Set<string>()
  for (const { source, specifiers } of importsOf(program)) {
    if (source.value !== 'vue') continue
    for (const specifier of specifiers) {
      if (specifier.type !== 'ImportSpecifier') namespaces.add(specifier.local.name)
      else if (/^create(SSR)?App$/.test(importedName(specifier.imported)))
        creators.add(specifier.local.name)
    }
  }
  return function isCreation(node) {
    if (node.type !== 'CallExpression') return false
    const { callee } = node
    if (callee.type === 'Identifier') return creators.has(callee.name)
    if (callee.type !== 'MemberExpression') return false
    const { object, property } = callee
    const isOfVue = object.type === 'Identifier' && namespaces.has(object.name)
    if (isOfVue) return property.type === 'Identifier' && /^create(SSR)?App$/.test(property.name)
    return isCreation(object)
  }
}

/** How the app of a module gets Pinia. */
export type PiniaState =
  | { is: 'absent' }
  /** After this statement the app has it. */
  | { is: 'installed'; by: Statement }
  /** The module has a Pinia, but not visibly for this app. */
  | { is: 'unclear' }

/** @param makesPinia whether the module of that specifier creates a Pinia */
export function findPinia(
  program: Program,
  app: AppPlace,
  makesPinia: (specifier: string) => boolean,
): PiniaState {
  const names = piniaNames(program, app, makesPinia)
  if (!uses(program, names)) return { is: 'absent' }
  if (uses(app.statement, names)) return { is: 'installed', by: app.statement }
  const itself = new Set([app.name])
  const by = app.following.find(
    (statement) =>
      statement.type === 'ExpressionStatement' && uses(statement, names) && uses(statement, itself),
  )
  return by ? { is: 'installed', by } : { is: 'unclear' }
}

/** What the module calls `createPinia`, and what is made by it. */
function piniaNames(
  program: Program,
  app: AppPlace,
  makesPinia: (specifier: string) => boolean,
): Set<string> {
  // With unplugin-auto-import nothing imports it.
  const names = new Set(['createPinia'])
  for (const { source, specifiers } of importsOf(program)) {
    for (const specifier of specifiers) {
      const isNamed = specifier.type === 'ImportSpecifier'
      const makes =
        source.value === 'pinia'
          ? !isNamed || importedName(specifier.imported) === 'createPinia'
          : makesPinia(source.value)
      if (makes) names.add(specifier.local.name)
    }
  }
  for (const node of nodesIn(program)) {
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier') continue
    if (node.id.name !== app.name && node.init && uses(node.init, names)) names.add(node.id.name)
  }
  return names
}

const importedName = (imported: Node) =>
  imported.type === 'Identifier' ? imported.name : ((imported as { value?: string }).value ?? '')

/** Whether the app's statement and another are compiled for the same platforms. */
export function areTogether(text: string, one: Node, other: Node): boolean {
  const conditions = conditionsIn(text)
  return conditions.at(one.start!) === conditions.at(other.start!)
}
