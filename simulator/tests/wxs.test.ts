import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DrivenPage, Simulator } from '../src'
import { writeApp } from './support/appFiles'
import { openFresh } from './support/sharedPhones'
import { startSimulator } from './support/simulator'

const page = (name: string) => `pages/${name}/${name}`

const app = writeApp(['types', 'modules', 'events', 'props', 'faults'].map(page), {
  [`${page('types')}.js`]: `Page({ data: { list: [1], map: { a: 1 }, n: 1, s: 'a', b: true, none: null } })`,
  [`${page('types')}.wxml`]: `
<wxs module="m">
  var nameOf = function (x) { return x.constructor }
  var pad = function (n) { return n < 10 ? '0' + n : '' + n }
  var day = function (ms) { var d = getDate(ms); return d.getFullYear() + '-' + pad(d.getMonth() + 1) }
  var list = function () {
    var d = getDate(2020, 1, 2)
    return [d.getMonth(), getDate('2021/05/06').getDate(), getDate().constructor, getRegExp('a').constructor, nameOf(nameOf)].join()
  }
  var count = function (n) { var s = ''; for (var i = 0; i<n; ++i) s += i; return s }
  module.exports = {
    nameOf: nameOf, day: day, list: list, count: count,
    dash: function (s) { return s.replace(getRegExp('[A-Z]', 'g'), function (c) { return '-' + c.toLowerCase() }) },
    hidden: [typeof wx, typeof getApp, typeof window, typeof globalThis].join(),
    isFunction: function (f) { return f['constructor'] === 'Function' },
  }
</wxs>
<view class="names">{{m.nameOf(list)}} {{m.nameOf(map)}} {{m.nameOf(n)}} {{m.nameOf(s)}} {{m.nameOf(b)}}</view>
<view class="dates">{{m.day(1577836800000 + 86400000)}} {{m.list()}}</view>
<view class="pattern">{{m.dash('fontSize')}} {{m.isFunction(m.dash)}} {{m.count(3)}}</view>
<view class="hidden">{{m.hidden}}</view>`,

  [`${page('modules')}.js`]: 'Page({})',
  [`${page('modules')}.wxml`]: `
<wxs src="../../wxs/outer.wxs" module="outer" />
<wxs src="/wxs/inner.wxs" module="inner"></wxs>
<view class="outer">{{outer.shout('a')}} {{outer.same}} {{inner.count()}}{{inner.count()}}</view>`,
  'wxs/outer.wxs': `
var inner = require('./inner.wxs')
var again = require('./inner')
module.exports.shout = function (text) { return inner.upper(text) + '!' }
module.exports.same = inner === again && inner === require('/wxs/inner.wxs')`,
  'wxs/inner.wxs': `
var n = 0
module.exports = { upper: function (t) { return t.toUpperCase() }, count: function () { n++; return n } }`,
  'wxs/unused.wxs': 'module.exports = missing.name',

  [`${page('events')}.js`]: `Page({
  data: { chosen: true, log: '' },
  called(detail) { this.setData({ log: this.data.log + JSON.stringify(detail) }) },
  outer() { this.setData({ log: this.data.log + 'outer;' }) },
})`,
  [`${page('events')}.wxml`]: `
<wxs module="m" src="./events.wxs"></wxs>
<view bindtap="outer">
  <view class="box" id="one" data-name="first" bindtap="{{m.tap}}" style="color: red">box</view>
  <view class="box" id="two" bind:tap="{{chosen ? m.stop : ''}}">two</view>
</view>
<view class="target" style="width: 10px; height: 20px">target</view>
<part id="part" bindgreet="called" />
<view class="log">{{log}}</view>`,
  [`${page('events')}.json`]: '{"usingComponents":{"part":"/parts/part"}}',
  [`${page('events')}.wxss`]: '.on { font-weight: 700 } .log { color: rgb(1, 2, 3) }',
  [`${page('events')}.wxs`]: `
module.exports = {
  tap: function (event, owner) {
    var state = owner.getState()
    state.taps = (state.taps || 0) + 1
    var target = owner.selectComponent('.target')
    target.setStyle({ width: '100rpx', 'font-size': '30px' })
    target.setStyle({ fontSize: '20px' })
    owner.selectAllComponents('.box').forEach(function (box) { box.addClass('on') })
    event.instance.removeClass('box')
    event.instance.setStyle('color: blue; margin-left: 1px')
    owner.callMethod('called', {
      taps: state.taps,
      name: event.instance.getDataset().name,
      type: event.type,
      on: event.instance.hasClass('on'),
      gone: event.instance.hasClass('box'),
      none: owner.selectComponent('.none') === undefined,
      size: target.getComputedStyle(['fontSize', 'height']),
      width: target.getBoundingClientRect().width,
    })
  },
  stop: function (event, owner) {
    owner.setTimeout(function () { owner.callMethod('called', 'later') }, 0)
    owner.requestAnimationFrame(function () { owner.callMethod('called', 'frame') })
    return false
  },
}`,
  'parts/part.js': 'Component({ properties: { n: Number } })',
  'parts/part.wxml': `
<wxs module="m">module.exports = { tap: function (event, owner) { owner.triggerEvent('greet', 'hello'); owner.selectComponent('.inside').addClass('marked') } }</wxs>
<view class="knock" catchtap="{{m.tap}}"><view class="inside">knock</view></view>`,
  'parts/part.wxss': '.marked { text-decoration: underline }',

  [`${page('props')}.js`]: `Page({
  data: { n: 1, seen: [] },
  add() { this.setData({ n: this.data.n + 1 }) },
  saw(value) { this.setData({ seen: this.data.seen.concat(value) }) },
})`,
  [`${page('props')}.wxml`]: `
<wxs module="m">
module.exports.watch = function (value, before, owner, instance) {
  owner.callMethod('saw', value + '<' + before + (owner.selectComponent('.late') ? '+' : '-'))
  instance.setStyle({ width: value + 'px' })
}
</wxs>
<view class="watched" change:n="{{m.watch}}" n="{{n}}" bindtap="add">watched</view>
<view class="late seen">{{seen}}</view>`,

  [`${page('faults')}.js`]: 'Page({ data: { a: { b: 1 } }, tap() {} })',
  [`${page('faults')}.wxml`]: `
<wxs module="broken" src="./broken.wxs"></wxs>
<wxs module="m">
module.exports = {
  fails: function (x) { return x.y.z },
  handler: function (event) { event.nothing.at = 1 },
}
</wxs>
<view class="value">[{{m.fails(a)}}] [{{broken.half}}] [{{broken.rest}}]</view>
<view class="press" bindtap="{{m.handler}}">press</view>`,
  [`${page('faults')}.wxs`]: 'module.exports = {}',
  'pages/faults/broken.wxs': `
module.exports.half = 'half'
var gone = require('./gone.wxs')
module.exports.rest = 'rest'`,
})

let simulator: Simulator
let phone: DrivenPage

beforeAll(async () => {
  simulator = await startSimulator({ dist: app.dist })
  phone = await simulator.launch(page('types'))
})
afterAll(async () => {
  await simulator.close()
  app.remove()
})

describe('WXS', () => {
  it('has the name of a type where JavaScript has its constructor', async () => {
    await openFresh(phone, page('types'))
    expect(await phone.text('.names')).toBe('Array Object Number String Boolean')
  })

  it('makes dates and regular expressions by functions', async () => {
    await openFresh(phone, page('types'))
    expect(await phone.text('.dates')).toBe('2020-01 1,6,Date,RegExp,Function')
    expect(await phone.text('.pattern')).toBe('font-size true 012')
  })

  it('sees neither the app nor the browser', async () => {
    await openFresh(phone, page('types'))
    expect(await phone.text('.hidden')).toBe('undefined,undefined,undefined,undefined')
  })

  it('requires modules by relative paths, each of which runs once', async () => {
    await openFresh(phone, page('modules'))
    expect(await phone.text('.outer')).toBe('A! true 12')
  })

  it('answers events, and reaches components, styles, classes and methods', async () => {
    await openFresh(phone, page('events'))
    await phone.tap('#one')
    const [called] = /\{.*\}/.exec(await phone.text('.log')) ?? ['{}']
    expect(JSON.parse(called)).toEqual({
      taps: 1,
      name: 'first',
      type: 'tap',
      on: true,
      gone: false,
      none: true,
      size: { fontSize: '20px', height: '20px' },
      width: (375 * 100) / 750,
    })
    expect(await phone.count('view.on')).toBe(2)
    const style = await phone.locate('#one').getAttribute('style')
    expect(style).toContain('color:blue;margin-left:1px')
  })

  it('stops an event by returning false, and calls back later', async () => {
    await openFresh(phone, page('events'))
    await phone.tap('#two')
    await phone.waitFor('.log:has-text("later"):has-text("frame")')
    expect(await phone.text('.log')).not.toContain('outer')
  })

  it('of a component reaches inside it, and fires its events', async () => {
    await openFresh(phone, page('events'))
    await phone.tap('.c1--knock')
    expect(await phone.text('.log')).toContain('"type":"greet"')
    expect(await phone.count('.c1--marked')).toBe(1)
  })

  it('observes properties, at first when the page is complete', async () => {
    await openFresh(phone, page('props'))
    expect(await phone.text('.seen')).toBe('1<undefined+')
    await phone.tap('.watched')
    expect(await phone.text('.seen')).toBe('1<undefined+,2<1+')
    expect(await phone.locate('.watched').getAttribute('style')).toContain('width:2px')
  })

  it('has run cleanly until here', () => {
    const ofStart = /broken\.wxs: requires "\.\/gone\.wxs", which is not there/
    expect(phone.errors.filter((error) => !ofStart.test(error))).toEqual([])
  })

  it('that throws costs one value or one press, and is reported with its file and line', async () => {
    await openFresh(phone, page('faults'))
    expect(await phone.text('.value')).toBe('[] [half] []')
    await phone.tap('.press')
    const errors = phone.errors.join('\n')
    expect(errors).toMatch(/reading 'z'[\s\S]*pages\/faults\/faults\.wxml:5:/)
    expect(errors).toMatch(/pages\/faults\/gone\.wxs" is not there[\s\S]*broken\.wxs:3:/)
    expect(errors).toMatch(/setting 'at'[\s\S]*faults\.wxml:6:/)
  })
})
