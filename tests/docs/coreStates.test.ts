import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { readDocument } from './documents'

/** The file, the interface, and the state of the drawing that no other has. */
const machines = [
  ['run', 'RunTransitions', 'awaitingCode'],
  ['loginAttempt', 'AttemptTransitions', 'silent'],
  ['loginCode', 'KeyTransitions', 'unexchanged'],
  ['promptState', 'PromptTransitions', 'preparing'],
] as const

const drawings = [
  ...readDocument('architecture.md').matchAll(/^stateDiagram-v2\n([\s\S]*?)^```$/gm),
]
  .map(([, drawing]) => drawing!.trim().split('\n'))
  .map((lines) => lines.filter((line) => !line.includes('[*]')))
  .map((lines) => lines.map((line) => line.replace(/:.*/, '').trim()))

/** `from --> to` for each member of the interface, and the states that the union beside it has. */
function readCode(file: string, name: string) {
  const path = `src/auth/${file}.ts`
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest)
  const leads = source.statements
    .filter(ts.isInterfaceDeclaration)
    .find((one) => one.name.text === name)
  const edges = leads!.members.filter(ts.isPropertySignature).flatMap((member) => {
    const from = member.name.getText(source)
    return literalsIn(member.type!, source).map((to) => `${from} --> ${to}`)
  })
  return { edges, states: leads!.members.map((member) => member.name!.getText(source)) }
}

function literalsIn(type: ts.TypeNode, source: ts.SourceFile): string[] {
  if (ts.isUnionTypeNode(type)) return type.types.flatMap((one) => literalsIn(one, source))
  return ts.isLiteralTypeNode(type) ? [type.getText(source).replaceAll("'", '')] : []
}

it.each(machines)(
  'the states in %s.ts lead to each other as docs/architecture.md draws',
  (...machine) => {
    const [file, name, mark] = machine
    const { edges, states } = readCode(file, name)
    const drawing = drawings.find((lines) => lines.some((line) => line.startsWith(`${mark} `)))
    expect(edges.length).toBeGreaterThan(4)
    expect([...drawing!].sort()).toEqual([...edges].sort())
    const drawn = new Set(drawing!.flatMap((line) => line.split(' --> ')))
    expect([...drawn].sort()).toEqual([...states].sort())
  },
)
