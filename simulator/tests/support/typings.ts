import fs from 'node:fs'
import { createRequire } from 'node:module'
import ts from 'typescript'

const file = createRequire(import.meta.url).resolve(
  'miniprogram-api-typings/types/wx/lib.wx.api.d.ts',
)

/** All interfaces of the typings by name; those of one name are merged. */
type Interfaces = Map<string, ts.InterfaceDeclaration[]>

function readInterfaces(source: ts.SourceFile): Interfaces {
  const interfaces: Interfaces = new Map()
  const visit = (node: ts.Node) => {
    if (ts.isInterfaceDeclaration(node)) {
      const { text } = node.name
      interfaces.set(text, [...(interfaces.get(text) ?? []), node])
    } else if (ts.isSourceFile(node) || ts.isModuleDeclaration(node) || ts.isModuleBlock(node)) {
      ts.forEachChild(node, visit)
    }
  }
  visit(source)
  return interfaces
}

/** Whether a parameter's type has callbacks, as the options of asynchronous functions do. */
function hasCallbacks(type: ts.Node, interfaces: Interfaces): boolean {
  const names: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName))
      names.push(node.typeName.text)
    ts.forEachChild(node, visit)
  }
  visit(type)
  return names.some((name) =>
    (interfaces.get(name) ?? []).some((declared) =>
      declared.members.some(
        (member) =>
          member.name !== undefined && /^(success|fail|complete)$/.test(member.name.getText()),
      ),
    ),
  )
}

/** Whether a returned type is of an object that works on its own: a context, a manager. */
function hasMethods(type: ts.TypeNode | undefined, interfaces: Interfaces): boolean {
  if (!type || !ts.isTypeReferenceNode(type)) return false
  return (interfaces.get(type.typeName.getText()) ?? []).some((declared) =>
    declared.members.some((member) => ts.isMethodSignature(member)),
  )
}

function formOf(method: ts.MethodSignature, interfaces: Interfaces): string {
  if (/^(on|off)[A-Z]/.test(method.name.getText())) return 'listener'
  const types = [...method.parameters, ...(method.typeParameters ?? [])]
  if (types.some((type) => hasCallbacks(type, interfaces))) return 'async'
  const isVoid = method.type?.kind === ts.SyntaxKind.VoidKeyword
  if (isVoid && !method.name.getText().endsWith('Sync')) return 'oneWay'
  return hasMethods(method.type, interfaces) ? 'object' : 'value'
}

/** Every function of `wx` in the installed typings, written as `src/runtime/wx/knownApis.ts`. */
export function writeKnownApis(): string {
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  )
  const interfaces = readInterfaces(source)
  const apis = new Map<string, string>()
  for (const declared of interfaces.get('Wx') ?? []) {
    for (const member of declared.members) {
      if (!ts.isMethodSignature(member) || apis.has(member.name.getText())) continue
      const since = /需要基础库：\s*`([\d.]+)`/.exec(member.getFullText())?.[1] ?? '0'
      const form = formOf(member, interfaces)
      apis.set(member.name.getText(), `{ form: '${form}', since: '${since}' }`)
    }
  }
  const lines = [...apis]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, api]) => `  ${name}: ${api},`)
  return `${head}${lines.join('\n')}\n}\n`
}

const head = `// Generated from miniprogram-api-typings. To regenerate it, run in the repository's root:
// \`npx vitest run -u simulator/tests/unknownApis.test.ts\`

/** A function of \`wx\` that WeChat has. */
export interface KnownApi {
  /**
   * \`async\` takes \`success\` and \`fail\`, \`listener\` is \`on…\` or \`off…\`, \`oneWay\` returns
   * nothing, \`value\` does its work at once, \`object\` returns something that works on its own.
   */
  form: 'async' | 'listener' | 'object' | 'oneWay' | 'value'
  /** Base library that brought it; \`0\` where the typings do not say. */
  since: string
}

/** Every function of \`wx\` by name. */
export const knownApis: Readonly<Record<string, KnownApi>> = {
`
