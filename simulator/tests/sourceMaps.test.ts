import fs from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSourceMaps, type SourceMaps } from '../src/host/sourceMaps'
import { wrapperStart } from '../src/moduleWrapper'
import { writeApp } from './support/appFiles'
import { startSimulator } from './support/simulator'

const source = `interface Booking { id: number }
const find = (bookings: Booking[]) => bookings[0]!.id
Page({
  data: { shown: '' },
  onTap() {
    find([])
  },
  onReport() {
    try { find([]) } catch (error) { console.error(error) }
  },
})
`
const wxml =
  '<button class="throw" bindtap="onTap">a</button><button class="report" bindtap="onReport">b</button>'

const app = writeApp(['pages/a/a', 'pages/b/b'], {
  'pages/a/a.wxml': wxml,
  'pages/b/b.wxml': wxml,
  'pages/c/c.js': 'Page({})',
  'pages/c/c.js.map': '{ this is no map',
})
const own = path.join(app.dist, '../.sourcemap/mp-weixin')

/** Compiles the page on one line, as uni-app does; `mapTo` says where its map goes. */
async function compile(file: string, mapTo: string) {
  const { outputFiles } = await build({
    stdin: { contents: source, loader: 'ts', sourcefile: file.replace(/js$/, 'ts') },
    outfile: path.join(app.dist, file),
    sourcemap: 'external',
    minify: true,
    write: false,
  })
  for (const { path: name, text } of outputFiles) {
    const to = name.endsWith('.map') ? path.join(mapTo, `${file}.map`) : name
    // Relative to the folder of the sources, as uni-app writes it.
    const content = name.endsWith('.map')
      ? { ...JSON.parse(text), sources: [file.replace(/js$/, 'ts')] }
      : text
    fs.mkdirSync(path.dirname(to), { recursive: true })
    fs.writeFileSync(to, typeof content === 'string' ? content : JSON.stringify(content))
  }
}

let maps: SourceMaps

beforeAll(async () => {
  await compile('pages/a/a.js', own)
  await compile('pages/b/b.js', app.dist)
  maps = createSourceMaps(app.dist)
})
afterAll(() => app.remove())

/** The position of `text` in the compiled file, as in V8's stacks. */
const placeOf = (file: string, text: string) => {
  const code = fs.readFileSync(path.join(app.dist, file), 'utf8')
  return `miniprogram:///${file}:1:${wrapperStart.length + code.indexOf(text) + 1}`
}

describe('a stack', () => {
  it.each([
    ["beside the output, as uni-app's", 'pages/a/a.js', 'pages/a/a.ts'],
    ["beside the file, as WeChat's tools'", 'pages/b/b.js', 'pages/b/b.ts'],
  ])('is reported in lines of the sources by maps %s', (_, file, mapped) => {
    const stack = `TypeError: x\n    at find (${placeOf(file, '[0]')})\n    at ${placeOf(file, '({data')}`
    expect(maps.mapStack(stack)).toBe(
      `TypeError: x\n    at find (${mapped}:2:39)\n    at ${mapped}:3:1`,
    )
  })

  it.each(['pages/c/c.js', 'pages/none/none.js'])(
    'keeps the line of %s, which has no map that can be read',
    (file) => {
      const stack = `Error: x\n    at a (miniprogram:///${file}:7:5)\n    at miniprogram:///${file}:1:${wrapperStart.length + 3}`
      expect(maps.mapStack(stack)).toBe(`Error: x\n    at a (${file}:7:5)\n    at ${file}:1:3`)
    },
  )

  it("leaves out the simulator's frames, and packages below the app's own", () => {
    const stack = [
      'Error: x',
      '    at pick (miniprogram:///common/vendor.js:2:1)',
      '    at b (miniprogram:///pages/c/c.js:7:5)',
      '    at call (miniprogram:///common/vendor.js:3:1)',
      '    at new Page (http://127.0.0.1:3000/runtime.js:10:2)',
      '    at http://127.0.0.1:3000/app.js:1:2',
      '    at Array.forEach (<anonymous>)',
    ]
    expect(maps.mapStack(stack.join('\n'))).toBe(
      [
        stack[0],
        '    at pick (common/vendor.js:2:1)',
        '    at b (pages/c/c.js:7:5)',
        stack[6],
      ].join('\n'),
    )
  })

  it('keeps what is no stack as it is', () => {
    const text = 'see http://127.0.0.1:3000/runtime.js:10:2 at lunch'
    expect(maps.mapStack(text)).toBe(text)
  })
})

it('errors of a driven page have the lines of the sources, thrown or given to console.error', async () => {
  const simulator = await startSimulator({ dist: app.dist })
  try {
    const page = await simulator.launch('pages/a/a')
    await page.tap('.throw')
    await page.tap('.report')
    expect(page.errors).toHaveLength(2)
    for (const error of page.errors) {
      expect(error).toMatch(/^TypeError: .*\n\s+at .*pages\/a\/a\.ts:2:\d+/)
      expect(error).not.toContain('runtime.js')
    }
    await expect(page.close()).rejects.toThrow('pages/a/a.ts:6:')
  } finally {
    await simulator.close()
  }
})
