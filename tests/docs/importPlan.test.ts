import { describe, expect, it } from 'vitest'
import config from '../../.dependency-cruiser.js'
import { readDocument } from './documents'

const [, drawing = ''] =
  /^```mermaid\nflowchart TD\n([\s\S]*?)^```$/m.exec(readDocument('architecture.md')) ?? []
const arrows = drawing
  .trim()
  .split('\n')
  .map((line) => line.trim())

/** The folders of the package, and the app, by the names that the drawing has for them. */
const names = [
  ...['auth', 'uni', 'createAuth', 'adapters', 'locale', 'host', 'forms', 'store'],
  ...['components', 'pages'],
  'example',
]

/** Files such as an import may lead to. */
function filesOf(name: string): string[] {
  if (name === 'example') return ['example/auth.ts']
  return name === 'createAuth'
    ? ['src/createAuth.ts']
    : [`src/${name}/index.ts`, `src/${name}/Form.vue`]
}

interface Rule {
  from: { path?: string }
  to: { pathNot?: string[] }
}
const rules = (config.forbidden as Rule[]).flatMap(({ from: { path }, to: { pathNot } }) =>
  path && pathNot
    ? [{ from: new RegExp(path), allowed: pathNot.map((one) => new RegExp(one)) }]
    : [],
)

/** `from --> to` for each import that the table allows between them. */
const allowed = names.flatMap((from) => {
  const [file = ''] = filesOf(from)
  const rule = rules.find((one) => one.from.test(file))!
  return names
    .filter((to) => to !== from)
    .filter((to) => filesOf(to).some((target) => rule.allowed.some((path) => path.test(target))))
    .map((to) => `${from} --> ${to}`)
})

function isDrawn(from: string, to: string): boolean {
  const next = arrows.map((arrow) => arrow.split(' --> ')).filter(([start]) => start === from)
  return next.some(([, end = '']) => end === to || isDrawn(end, to))
}

describe('the imports that docs/architecture.md draws', () => {
  it('are allowed, each of them', () => {
    expect(arrows.length).toBeGreaterThan(5)
    expect(arrows.filter((arrow) => !allowed.includes(arrow))).toEqual([])
  })

  it('imply every import that is allowed', () => {
    expect(allowed).toContain('components --> auth')
    const missing = allowed.filter((one) => {
      const [from = '', to = ''] = one.split(' --> ')
      return !isDrawn(from, to)
    })
    expect(missing).toEqual([])
  })
})
