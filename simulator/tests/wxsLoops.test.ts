import { expect, it, onTestFinished } from 'vitest'
import { createSourceMaps } from '../src/host/sourceMaps'
import { pack } from '../src/pack/pack'
import { createLoopWatch } from '../src/runtime/loopWatch'
import { createWxs } from '../src/runtime/wxs'
import { writeApp } from './support/appFiles'

const home = 'pages/home/home'

/** Packs the WXS of an app and runs it, on a clock on which each look takes a second. */
function runWxs(files: Record<string, string>) {
  const app = writeApp([home], { [`${home}.js`]: 'Page({})', ...files })
  onTestFinished(() => app.remove())
  const { scripts, host } = pack(app.dist)
  const maps = createSourceMaps(host.root, host.sourceMaps, host.insertions)
  const errors: string[] = []
  let seconds = 0
  const tick = createLoopWatch(
    () => (seconds += 1) * 1_000,
    () => {},
  )
  const onError = (error: unknown) => void errors.push(maps.mapStack((error as Error).stack ?? ''))
  return { wxs: createWxs(scripts, onError, tick), errors }
}

it('an endless loop in a WXS file is ended, with its place', () => {
  const { wxs, errors } = runWxs({
    [`${home}.wxml`]: '<wxs module="m" src="./m.wxs" /><view>{{m.turn(1)}}</view>',
    'pages/home/m.wxs': `function turn(n) {
  while (n) { n = n + 1 }
}
module.exports = { turn: turn, well: function () { return 'well' } }`,
  })
  const { turn, well } = wxs.define('pages/home/m')() as Record<string, unknown>
  expect(wxs.callable(turn)(1)).toBe(undefined)
  expect(errors).toEqual([
    expect.stringMatching(/a loop has not ended[\s\S]*pages\/home\/m\.wxs:2:10/),
  ])
  expect(wxs.callable(well)()).toBe('well')
})

it('an endless loop in the WXS of a template is ended, with its place', () => {
  const { wxs, errors } = runWxs({
    [`${home}.wxml`]: '<wxs module="m">\nfor (;;) {}\n</wxs><view>{{m}}</view>',
  })
  expect(wxs.define(`${home}#m`)()).toEqual({})
  expect(errors).toEqual([
    expect.stringMatching(/a loop has not ended[\s\S]*pages\/home\/home\.wxml:2:8/),
  ])
})
