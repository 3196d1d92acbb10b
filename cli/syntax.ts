import type { Expression, File, ImportDeclaration, Node, Statement } from '@babel/types'
import { babelParse } from 'vue/compiler-sfc'
import { isConditional } from './conditions'
import { unreadable } from './errors'

/**
 * Parses a module with the parser of the project's own Vue. Undefined: a module that only its compiler
 * can read, because of its conditional comments. @throws InitError if the module is broken
 */
export function parseModule(path: string, text: string): File['program'] | undefined {
  const plugin = /\.[cm]?ts$/.test(path) ? 'typescript' : 'jsx'
  let offset: number | undefined
  try {
    const { program, errors } = babelParse(text, {
      sourceType: 'module',
      plugins: [plugin],
      errorRecovery: true,
    })
    // Two conditional blocks may declare the same name.
    if (!errors?.length || isConditional(text)) return program
    offset = positionOf(errors[0])
  } catch (error) {
    if (isConditional(text)) return undefined
    offset = positionOf(error)
  }
  throw unreadable(path, text, offset ?? 0)
}

function positionOf(error: unknown): number | undefined {
  return (error as { pos?: number } | undefined)?.pos
}

/** The node and all that are in it, as they are written. */
export function* nodesIn(node: Node): Generator<Node> {
  yield node
  for (const value of Object.values(node) as unknown[])
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value])
      if (isNode(child)) yield* nodesIn(child)
}

function isNode(value: unknown): value is Node {
  return typeof (value as Partial<Node> | null | undefined)?.type === 'string'
}

/** Whether the node uses one of the names. */
export function uses(node: Node, names: ReadonlySet<string>): boolean {
  for (const inner of nodesIn(node))
    if (inner.type === 'Identifier' && names.has(inner.name)) return true
  return false
}

export function importsOf(program: File['program']): ImportDeclaration[] {
  return program.body.filter((statement) => statement.type === 'ImportDeclaration')
}

/** What `as`, `satisfies` and parentheses are around. */
export function bare(expression: Node): Node {
  const isWrapper =
    expression.type === 'TSAsExpression' ||
    expression.type === 'TSSatisfiesExpression' ||
    expression.type === 'ParenthesizedExpression'
  return isWrapper ? bare(expression.expression) : expression
}

export type { Expression, File, ImportDeclaration, Node, Statement }
