import { findNodeAtLocation, parseTree, type Node, type ParseError } from 'jsonc-parser'
import type { ByHand, Edit, Reason } from './change'
import { conditionsIn, isConditional } from './conditions'
import { asCustom, asEasycom, easycomEntries, easycomState, type EasycomEntries } from './easycom'
import { unreadable } from './errors'
import { afterComment, endsLine, indentAt, insertAll, type Insertion } from './insertion'
import { createObjectWriter, prepend, type ObjectPlace, type Properties } from './objectText'
import { styleOf } from './style'

/** Adds the easycom rules. @throws InitError if the file is broken */
export function addEasycom(path: string, text: string): Edit {
  const insertion = easycomInsertion(parse(path, text), text)
  if (insertion === 'complete') return { text, byHand: [] }
  if ('code' in insertion) return { text, byHand: [easycomByHand(path, insertion)] }
  return { text: insertAll(text, [insertion]), byHand: [] }
}

/** Adds a page after the others. @throws InitError if the file is broken */
export function addPage(path: string, text: string, page: string): Edit {
  const insertion = pageInsertion(parse(path, text), text, page)
  if (insertion === 'complete') return { text, byHand: [] }
  if ('code' in insertion) {
    const lines = `"pages": [\n  …,\n  ${pageEntry(page)}\n]`
    return { text, byHand: [{ path, reason: insertion, lines }] }
  }
  return { text: insertAll(text, insertion), byHand: [] }
}

/** What the file lists. */
export interface Routes {
  /** Those of subpackages have their root before them. */
  pages: string[]
  /** The folders of the subpackages. */
  roots: string[]
}

/** @throws InitError if the file is broken */
export function routesIn(path: string, text: string): Routes {
  const root = parse(path, text)
  return root ? routesBelow(root) : { pages: [], roots: [] }
}

function routesBelow(root: Node): Routes {
  // uni-app takes both spellings.
  const packages = ['subPackages', 'subpackages'].flatMap((name) => itemsOf(root, name))
  const rootOf = (node: Node) => stringAt(node, 'root')?.replace(/\/$/, '') ?? ''
  const inPackages = packages.flatMap((node) =>
    itemsOf(node, 'pages').map((page) => `${rootOf(node)}/${routeOf(page)}`),
  )
  const inMain = itemsOf(root, 'pages').flatMap((page) => routeOf(page) ?? [])
  return { pages: [...inMain, ...inPackages], roots: packages.map(rootOf) }
}

export function easycomByHand(path: string, reason: Reason): ByHand {
  const writer = createObjectWriter('json', styleOf(''))
  return { path, reason, lines: writer.inLines(asEasycom(easycomEntries), '', false) }
}

const pageEntry = (page: string) => `{ "path": ${JSON.stringify(page)} }`

/** Undefined: a file that only its compiler can read, because of its conditional comments. */
function parse(path: string, text: string): Node | undefined {
  const errors: ParseError[] = []
  // The parser takes no byte order mark; a space keeps the offsets.
  const root = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true })
  if (root?.type === 'object' && errors.length === 0) return root
  if (isConditional(text)) return undefined
  throw unreadable(path, text, errors[0]?.offset ?? 0)
}

function easycomInsertion(root: Node | undefined, text: string): Insertion | Reason | 'complete' {
  if (!root) return { code: 'conditional' }
  const conditions = conditionsIn(text)
  const easycom = valuesOf(root, 'easycom')
  const custom = easycom.flatMap((node) => valuesOf(node, 'custom'))
  const state = easycomState(custom.flatMap(entriesOf))
  if (state.is === 'complete') return 'complete'
  if (state.is === 'taken') return { code: 'component_taken' }
  const [place, properties]: [Node, Properties] = custom[0]
    ? [custom[0], state.entries]
    : easycom[0]
      ? [easycom[0], asCustom(state.entries)]
      : [root, asEasycom(state.entries)]
  if (place.type !== 'object') return { code: 'not_literal' }
  const isSingle = easycom.length <= 1 && custom.length <= 1
  if (!isSingle || conditions.at(place.offset) !== '') return { code: 'conditional' }
  return prepend(text, placeOf(place), properties, createObjectWriter('json', styleOf(text)))
}

function pageInsertion(
  root: Node | undefined,
  text: string,
  page: string,
): Insertion[] | Reason | 'complete' {
  if (!root) return { code: 'conditional' }
  if (routesBelow(root).pages.includes(page)) return 'complete'
  const arrays = valuesOf(root, 'pages')
  const items = itemsOf(root, 'pages')
  if (items.length === 0) return { code: 'no_pages' }
  const conditions = conditionsIn(text)
  const last = items.findLast(({ offset }) => conditions.at(offset) === '')
  if (!last || arrays.length > 1) return { code: 'conditional' }
  return insertAfter(text, arrays[0]!, last, pageEntry(page))
}

/** Adds an entry to an array behind an item, before which no `#ifdef` is open. */
function insertAfter(text: string, array: Node, item: Node, entry: string): Insertion[] {
  const end = item.offset + item.length
  const comma = commaAfter(text, end)
  // A comma in a conditional block goes with what that block adds.
  const isOwn = comma !== undefined && conditionsIn(text).at(comma) === ''
  const behind = isOwn ? comma + 1 : end
  const isInLine = !text.slice(array.offset, item.offset).includes('\n') || !endsLine(text, behind)
  const gap = isInLine ? ' ' : styleOf(text).eol + indentAt(text, item.offset)
  const offset = isInLine ? behind : afterComment(text, behind)
  const added = { offset, text: gap + entry + (isOwn ? ',' : '') }
  return isOwn ? [added] : [{ offset: end, text: ',' }, added]
}

function commaAfter(text: string, end: number): number | undefined {
  const gap = /^(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/.exec(text.slice(end))![0]
  return text[end + gap.length] === ',' ? end + gap.length : undefined
}

/** All values of that name: conditional blocks may each have one. */
function valuesOf(node: Node, name: string): Node[] {
  if (node.type !== 'object') return []
  return (node.children ?? [])
    .filter(({ children }) => children?.[0]?.value === name)
    .flatMap(({ children }) => children?.[1] ?? [])
}

function entriesOf(custom: Node): EasycomEntries {
  if (custom.type !== 'object') return []
  return (custom.children ?? []).map(({ children }) => [
    String(children?.[0]?.value),
    String(children?.[1]?.value),
  ])
}

const placeOf = (object: Node): ObjectPlace => ({
  start: object.offset,
  first: object.children?.[0]?.offset,
})

const itemsOf = (node: Node, name: string): Node[] =>
  valuesOf(node, name).flatMap(({ type, children }) => (type === 'array' ? (children ?? []) : []))

function stringAt(node: Node, name: string): string | undefined {
  const value: unknown = findNodeAtLocation(node, [name])?.value
  return typeof value === 'string' ? value : undefined
}

const routeOf = (page: Node): string | undefined => stringAt(page, 'path')
