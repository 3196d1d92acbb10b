import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** Ways in which a text becomes elements, or code. */
const asMarkup =
  /\bv-html\b|<rich-text\b|\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\beval\(|\bnew Function\b/

const isOfApp = (file: string) => /\.(vue|ts)$/.test(file)
const sources = ['src', 'example'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
)

it('nothing of the package or the example shows a text of the backend or a user as markup', () => {
  const files = [...sources, 'App.vue', 'main.ts'].filter(isOfApp)
  expect(files.length).toBeGreaterThan(150)
  expect(files.filter((file) => asMarkup.test(readFileSync(file, 'utf8')))).toEqual([])
})

it.each(['<p v-html="a" />', '<rich-text :nodes="a" />', 'node.innerHTML = a', 'new Function(a)'])(
  'markup is found: %s',
  (source) => expect(source).toMatch(asMarkup),
)
