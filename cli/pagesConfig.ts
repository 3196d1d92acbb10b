import type { Edit, Reason } from './change'
import { conditionsIn } from './conditions'
import { asCustom, asEasycom, easycomEntries, easycomState, type EasycomEntries } from './easycom'
import { insertAll, type Insertion } from './insertion'
import { createObjectWriter, prepend } from './objectText'
import { styleOf } from './style'
import { bare, parseModule, type File, type Node } from './syntax'

type ObjectExpression = Extract<Node, { type: 'ObjectExpression' }>

/**
 * Adds the easycom rules to the `pages.config.ts` of vite-plugin-uni-pages, which makes `pages.json`
 * of it and of the files in `pages/`. @throws InitError if the module is broken
 */
export function addEasycomToConfig(path: string, text: string): Edit {
  const insertion = easycomInsertion(parseModule(path, text), text)
  if (insertion === 'complete') return { text, byHand: [] }
  if ('offset' in insertion) return { text: insertAll(text, [insertion]), byHand: [] }
  const writer = createObjectWriter('typescript', styleOf(text))
  const lines = writer.inLines(asEasycom(easycomEntries), '', false)
  return { text, byHand: [{ path, reason: insertion, lines }] }
}

function easycomInsertion(
  program: File['program'] | undefined,
  text: string,
): Insertion | Reason | 'complete' {
  // Wherever they are written: the reader may have added them to an object that is computed.
  if (easycomEntries.every(([, target]) => text.includes(target))) return 'complete'
  if (!program) return { code: 'conditional' }
  const config = configOf(program)
  if (!config) return { code: 'not_literal' }
  const easycom = valueOf(config, 'easycom')
  const custom = isObject(easycom) ? valueOf(easycom, 'custom') : 'absent'
  if (easycom === 'unknown' || custom === 'unknown') return { code: 'not_literal' }
  const state = easycomState(isObject(custom) ? entriesOf(custom) : [])
  if (state.is === 'complete') return 'complete'
  if (state.is === 'taken') return { code: 'component_taken' }
  const [place, properties] = isObject(custom)
    ? [custom, state.entries]
    : isObject(easycom)
      ? [easycom, asCustom(state.entries)]
      : [config, asEasycom(state.entries)]
  if (conditionsIn(text).at(place.start!) !== '') return { code: 'conditional' }
  const writer = createObjectWriter('typescript', styleOf(text))
  const first = place.properties[0]?.start ?? undefined
  return prepend(text, { start: place.start!, first }, properties, writer)
}

/** What the module exports, as is or through `defineUniPages`. */
function configOf(program: File['program']): ObjectExpression | undefined {
  const exported = program.body.find(({ type }) => type === 'ExportDefaultDeclaration')
  if (exported?.type !== 'ExportDefaultDeclaration') return undefined
  const value = written(exported.declaration, program)
  const config = value.type === 'CallExpression' && value.arguments[0]
  const object = config ? written(config, program) : value
  return object.type === 'ObjectExpression' ? object : undefined
}

/** The value itself, where a constant of the module names it. */
function written(node: Node, program: File['program']): Node {
  const value = bare(node)
  if (value.type !== 'Identifier') return value
  for (const statement of program.body) {
    if (statement.type !== 'VariableDeclaration') continue
    for (const { id, init } of statement.declarations)
      if (init && id.type === 'Identifier' && id.name === value.name) return bare(init)
  }
  return value
}

/** Absent: nothing sets it. Unknown: something computes it, or a spread may set it. */
function valueOf(object: ObjectExpression, name: string): ObjectExpression | 'absent' | 'unknown' {
  let found: ObjectExpression | 'absent' | 'unknown' = 'absent'
  for (const property of object.properties) {
    if (property.type === 'SpreadElement') {
      found = 'unknown'
    } else if (keyOf(property) === name) {
      const value = property.type === 'ObjectProperty' ? bare(property.value) : undefined
      found = value?.type === 'ObjectExpression' ? value : 'unknown'
    }
  }
  return found
}

function keyOf(
  property: Exclude<ObjectExpression['properties'][number], { type: 'SpreadElement' }>,
) {
  if (property.computed) return undefined
  if (property.key.type === 'Identifier') return property.key.name
  return property.key.type === 'StringLiteral' ? property.key.value : undefined
}

function entriesOf(custom: ObjectExpression): EasycomEntries {
  return custom.properties.flatMap((property) => {
    if (property.type !== 'ObjectProperty' || property.value.type !== 'StringLiteral') return []
    return [[keyOf(property) ?? '', property.value.value] as const]
  })
}

const isObject = (value: ObjectExpression | 'absent' | 'unknown'): value is ObjectExpression =>
  typeof value === 'object'
