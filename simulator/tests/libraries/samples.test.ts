import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { nativeLibraries } from './nativeLibraries'
import { uniLibraries } from './uniLibraries'

const libraries = [
  ...nativeLibraries,
  ...uniLibraries.map((library) => ({
    ...library,
    prefix: { '@dcloudio/uni-ui': 'uni-', 'wot-design-uni': 'wd-' }[library.name] ?? 'up-',
  })),
]

it('the pages show what they say they show', () => {
  const absent = libraries.flatMap(({ prefix, samples }) =>
    samples.flatMap(({ shows, template }) =>
      shows.filter((name) => !new RegExp(`<${prefix}${name}[\\s/>]`).test(template)),
    ),
  )
  expect(absent).toEqual([])
})

it('each library has one page of a name', () => {
  for (const { samples } of libraries) {
    const names = samples.map(({ shows }) => shows[0])
    expect(new Set(names).size).toBe(names.length)
  }
})

it('the README counts them', async () => {
  const readme = await readFile('simulator/README.md', 'utf8')
  for (const { name, samples } of libraries) {
    const components = new Set(samples.flatMap(({ shows }) => shows)).size
    const presses = samples.flatMap(({ press = [] }) => press).length
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\``))
    expect(row).toMatch(new RegExp(`\\| ${components} \\| ${samples.length} \\| ${presses} \\|$`))
  }
})
