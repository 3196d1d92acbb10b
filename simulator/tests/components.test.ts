import { describe, expect, it } from 'vitest'
import type { DrivenPage } from '../src'
import { writeApp } from './support/appFiles'
import { usePhones } from './support/usePhones'

const app = writeApp(['pages/a/a'], {
  'pages/a/a.json': '{"usingComponents": {"odd": "/odd/odd", "field": "/field/field"}}',
  'pages/a/a.js': `Page({
    data: { count: 1, sent: '' },
    more() { this.setData({ count: this.data.count + 1 }) },
    send({ detail }) { this.setData({ sent: JSON.stringify(detail.value) }) },
  })`,
  'pages/a/a.wxml': `
    <odd class="odd" data-kind="row" dataset="{{ { of: 'app' } }}" count="{{count}}" />
    <odd size="{{7}}" />
    <rich-text class="rich" nodes="{{ [{ name: 'b', attrs: { style: none }, children: [{ type: 'text', text: '粗' }] }] }}" />
    <view class="more" bindtap="more">more</view>
    <form bindsubmit="send">
      <field name="city" value="湖滨" />
      <button class="send" form-type="submit">send</button>
    </form>
    <text class="sent">{{sent}}</text>`,
  'odd/odd.json': '{"component": true}',
  'odd/odd.js': `
    const named = Behavior({ behaviors: ['wx://form-field-button'], properties: { is: String } })
    Component({
      behaviors: [named],
      properties: {
        dataset: null,
        tagName: { type: String, value: 'own' },
        parentNode: String,
        setData: String,
        count: { type: Number, value: 0, observer: 'counted' },
        title: { type: String, observer: 'nowhere' },
        size: { type: [Number, String], value: 'medium' },
      },
      observers: { count: 'alsoCounted', title: 'nowhere' },
      data: { seen: [] },
      methods: {
        counted(now, before) { this.setData({ ['seen[' + this.data.seen.length + ']']: before + '→' + now }) },
        alsoCounted(now) { this.seen = now },
      },
    })`,
  'odd/odd.wxml':
    '<view class="inner" data-detail="{{dataset}}">{{dataset.of}} {{tagName}} {{seen}}</view><view class="size">{{size}}</view>',
  'field/field.json': '{"component": true}',
  'field/field.js': `Component({ behaviors: ['wx://form-field'] })`,
  'field/field.wxml': '<view>{{value}}</view>',
})

const phones = usePhones(app)

const on = (test: (page: DrivenPage) => Promise<void>) => phones.on('pages/a/a', {}, test)

describe('a component', () => {
  it('may name its properties as the framework names its own, and leaves out observers that are not there', () =>
    on(async (page) => {
      expect(await page.text('.inner')).toBe('app own 0→1')
      await page.tap('.more')
      expect(await page.text('.inner')).toBe('app own 0→1,1→2')
    }))

  it('takes any value for a property of several types', () =>
    on(async (page) => {
      expect([await page.text('.size', 0), await page.text('.size', 1)]).toEqual(['medium', '7'])
    }))

  it('draws nodes of rich text whose attributes are not there yet', () =>
    on(async (page) => {
      expect(await page.text('.rich b')).toBe('粗')
    }))

  it('is a field of a form by the behaviour wx://form-field', () =>
    on(async (page) => {
      await page.tap('.send')
      expect(await page.text('.sent')).toBe('{"city":"湖滨"}')
    }))
})
