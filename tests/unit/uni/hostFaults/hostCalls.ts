import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { parse } from 'vue/compiler-sfc'

const SOURCES = join(import.meta.dirname, '../../../../src')

/** How code names the host. */
const HOSTS = ['uni', 'wx']

/** What a file calls of the host, by the name of the file in `src/`. */
export function hostCalls(): Map<string, string[]> {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|vue)$/.test(file))
    .sort()
  const found = files.map((file): [string, string[]] => {
    const text = readFileSync(join(SOURCES, file), 'utf8')
    const code = file.endsWith('.vue') ? codeOf(text) : text
    return [file.replaceAll('\\', '/'), hostCallsIn(code)]
  })
  return new Map(found.filter(([, apis]) => apis.length > 0))
}

/** The script of a component, and what its template says of a host as code. */
function codeOf(component: string): string {
  const { scriptSetup, script, template } = parse(component).descriptor
  const inTemplate = [...(template?.content ?? '').matchAll(/(?<![\w.-])(?:uni|wx)\b[\w.?]*/g)]
  return [script?.content, scriptSetup?.content, ...inTemplate.map(([use]) => use)].join('\n')
}

/**
 * The members of the host that code uses: of `uni` itself, or of a constant that is `uni` by another type.
 * A use of the host that is no use of a member is in the list as it is written: what it calls is not known.
 */
export function hostCallsIn(code: string): string[] {
  const source = ts.createSourceFile('a.ts', code, ts.ScriptTarget.Latest, true)
  const names = new Set(HOSTS)
  const uses = new Set<string>()

  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || isDeclared(node)) return
    if (ts.isIdentifier(node) && names.has(node.text) && isValue(node)) uses.add(useOf(node))
    ts.forEachChild(node, visit)
  }

  function useOf(host: ts.Identifier): string {
    let node: ts.Node = host
    while (isOnlyTyped(node.parent)) node = node.parent
    const { parent } = node
    if (ts.isPropertyAccessExpression(parent)) return parent.name.text
    if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
      names.add(parent.name.text)
      return ''
    }
    return parent.getText(source)
  }

  visit(source)
  uses.delete('')
  return [...uses].sort()
}

/** `declare const uni: …` */
const isDeclared = (node: ts.Node) =>
  ts.isVariableStatement(node) &&
  !!node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)

/** Not the name of a member, e.g. `uni` in `folders.uni`, or what is declared. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  const isNamed = 'name' in parent && parent.name === node
  return !isNamed || ts.isShorthandPropertyAssignment(parent)
}

const isOnlyTyped = (node: ts.Node) =>
  ts.isAsExpression(node) ||
  ts.isSatisfiesExpression(node) ||
  ts.isNonNullExpression(node) ||
  ts.isParenthesizedExpression(node)
