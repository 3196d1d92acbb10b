import { areTogether, findApp, findPinia } from './appPlace'
import type { Edit, Reason } from './change'
import { conditionsIn } from './conditions'
import { afterComment, endsLine, indentAt, insertAll, type Insertion } from './insertion'
import { quoted, styleOf, type Style } from './style'
import { importsOf, nodesIn, parseModule, type File, type Statement } from './syntax'

/** What the app's entry needs. */
export interface MainWishes {
  /** The module that exports the `Auth`, for `import`. */
  authModule: string
  /** The name it exports it by. */
  authName: string
  /** Of the prompt page, with a leading slash. */
  promptPage: string
  appName: string | undefined
  /** Whether the module of that specifier creates a Pinia. */
  makesPinia(specifier: string): boolean
  /** Another file of the project that creates a Pinia. */
  piniaFile: string | undefined
}

interface Import {
  name: string
  from: string
}

/** Adds the plugin to the app's entry, and Pinia if there is none. @throws InitError if it is broken */
export function addPlugin(path: string, text: string, wishes: MainWishes): Edit {
  const style = styleOf(text)
  const outcome = pluginInsertions(path, text, wishes, style)
  if ('insertions' in outcome) return { text: insertAll(text, outcome.insertions), byHand: [] }
  const imports = importsFor(wishes).map((wanted) => importLine(wanted, style))
  const lines = [...imports, '', pluginLine(wishes, style)].join('\n')
  return { text, byHand: [{ path, reason: outcome, lines }] }
}

function pluginInsertions(
  path: string,
  text: string,
  wishes: MainWishes,
  style: Style,
): { insertions: Insertion[] } | Reason {
  const program = parseModule(path, text)
  if (!program) return { code: 'conditional' }
  const app = findApp(program)
  if (!app) return { code: 'no_app' }

  const pinia = findPinia(program, app, wishes.makesPinia)
  const isMissing = pinia.is === 'absent' && wishes.piniaFile === undefined
  if (pinia.is !== 'installed' && !isMissing)
    return { code: 'pinia_elsewhere', where: wishes.piniaFile ?? path }
  const after = pinia.is === 'installed' ? pinia.by : app.statement
  if (!areTogether(text, app.statement, after)) return { code: 'conditional' }

  const wanted = importsFor(wishes)
  if (isMissing) wanted.unshift({ name: 'createPinia', from: 'pinia' })
  const missing = wanted.filter((each) => !isImported(program, each))
  const names = declaredNames(program)
  const taken = missing.find(({ name }) => names.has(name))
  if (taken) return { code: 'name_taken', name: taken.name }

  const use = (plugin: string) => `${app.name}.use(${plugin})${style.semicolon}`
  const lines = [...(isMissing ? [use('createPinia()')] : []), pluginLine(wishes, style, app.name)]
  return {
    insertions: [
      ...importInsertion(program, text, app.statement, missing, style),
      statementInsertion(text, after, lines, style),
    ],
  }
}

const importsFor = ({ authModule, authName }: MainWishes): Import[] => [
  { name: 'createAuthPlugin', from: 'watchword' },
  { name: authName, from: authModule },
]

function importLine({ name, from }: Import, { quote, semicolon }: Style): string {
  return `import { ${name} } from ${quoted(from, quote)}${semicolon}`
}

function pluginLine(wishes: MainWishes, { quote, semicolon }: Style, app = 'app'): string {
  const options = [`promptPage: ${quoted(wishes.promptPage, quote)}`]
  if (wishes.appName) options.push(`appName: ${quoted(wishes.appName, quote)}`)
  const plugin = `createAuthPlugin(${wishes.authName}, { ${options.join(', ')} })`
  return `${app}.use(${plugin})${semicolon}`
}

function isImported(program: File['program'], { name, from }: Import): boolean {
  return importsOf(program).some(
    ({ source, specifiers }) =>
      source.value === from &&
      specifiers.some(({ type, local }) => type === 'ImportSpecifier' && local.name === name),
  )
}

function declaredNames(program: File['program']): Set<string> {
  const names = new Set(
    importsOf(program).flatMap(({ specifiers }) => specifiers.map(({ local }) => local.name)),
  )
  for (const node of nodesIn(program)) {
    const isDeclaration =
      node.type === 'VariableDeclarator' ||
      node.type === 'FunctionDeclaration' ||
      node.type === 'ClassDeclaration'
    if (isDeclaration && node.id?.type === 'Identifier') names.add(node.id.name)
  }
  return names
}

/** Behind the last import that is compiled wherever the app is. */
function importInsertion(
  program: File['program'],
  text: string,
  app: Statement,
  imports: Import[],
  style: Style,
): Insertion[] {
  if (imports.length === 0) return []
  const conditions = conditionsIn(text)
  const last = importsOf(program).findLast((each) =>
    conditions.at(app.start!).startsWith(conditions.at(each.start!)),
  )
  const lines = imports.map((each) => importLine(each, style))
  if (last) return [statementInsertion(text, last, lines, style)]
  const offset = /^\uFEFF?(#![^\n]*\n)?/.exec(text)![0].length
  return [{ offset, text: lines.map((line) => line + style.eol).join('') }]
}

/** Lines of their own, or, where others follow on the statement's line, in that line. */
function statementInsertion(
  text: string,
  after: Statement,
  lines: string[],
  { eol, semicolon }: Style,
): Insertion {
  const end = after.end!
  if (!endsLine(text, end)) {
    const start = text[end - 1] === ';' ? '' : ';'
    const inLine = lines.map((line) => (semicolon ? line : `${line};`)).join(' ')
    return { offset: end, text: `${start} ${inLine}` }
  }
  const indent = indentAt(text, after.start!)
  return {
    offset: afterComment(text, end),
    text: lines.map((line) => eol + indent + line).join(''),
  }
}
