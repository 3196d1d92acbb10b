import { opens, type Sample } from '../../support/sample'

/** Components that take something in. */
export const input: readonly Sample[] = [
  {
    shows: ['area'],
    template: '<van-area area-list="{{ areas }}" value="110101" bind:confirm="note" />',
    data: `{ areas: { province_list: { 110000: '北京市' }, city_list: { 110100: '北京市' }, county_list: { 110101: '东城区', 110102: '西城区' } } }`,
    press: [{ tap: '.van-picker__confirm', then: '.value:has-text("东城区")' }],
  },
  {
    shows: ['calendar'],
    template: `${opens}<van-calendar show="{{ show }}" default-date="{{ day }}" min-date="{{ min }}" max-date="{{ max }}" bind:close="close" bind:confirm="note" />`,
    data: `{ day: new Date(2026, 4, 5).getTime(), min: new Date(2026, 4, 1).getTime(), max: new Date(2026, 5, 20).getTime() }`,
    press: [
      { tap: '.open', then: '.van-calendar__day' },
      { tap: '.van-calendar__confirm', then: '.value:has-text("confirm")' },
    ],
  },
  {
    shows: ['cascader', 'popup'],
    template: `${opens}<van-popup show="{{ show }}" round position="bottom"><van-cascader value="{{ '' }}" title="地区" options="{{ options }}" bind:finish="note" /></van-popup>`,
    data: `{ options: [{ text: '浙江', value: '33', children: [{ text: '杭州', value: '3301' }] }] }`,
    press: [
      { tap: '.open', then: '.van-cascader__option' },
      { tap: '.van-cascader__option', then: '.van-cascader__option:has-text("杭州")' },
      { tap: '.van-cascader__option:has-text("杭州")', then: '.value:has-text("3301")' },
    ],
  },
  {
    shows: ['checkbox-group', 'checkbox'],
    template:
      '<van-checkbox-group value="{{ ticked }}" bind:change="note"><van-checkbox name="a">一</van-checkbox><van-checkbox name="b" shape="square">二</van-checkbox></van-checkbox-group>',
    data: `{ ticked: ['a'] }`,
    press: [{ tap: '.van-checkbox__label >> nth=1', then: '.value:has-text("b")' }],
  },
  {
    shows: ['datetime-picker'],
    template:
      '<van-datetime-picker type="datetime" value="{{ now }}" min-date="{{ min }}" bind:input="note" bind:confirm="note" />',
    data: `{ now: new Date(2026, 4, 5, 10).getTime(), min: new Date(2026, 0, 1).getTime() }`,
    press: [{ tap: '.van-picker__confirm', then: '.value:has-text("confirm")' }],
  },
  {
    shows: ['field'],
    template:
      '<van-field value="{{ name }}" label="姓名" placeholder="请输入" clearable required bind:change="note" /><van-field type="textarea" autosize show-word-limit maxlength="50" value="字" /><van-field type="password" error-message="不对" />',
    data: `{ name: '李雷' }`,
  },
  {
    shows: ['picker'],
    template:
      '<van-picker show-toolbar title="城市" columns="{{ columns }}" bind:confirm="note" bind:change="note" />',
    data: `{ columns: ['杭州', '宁波', '温州'] }`,
    press: [
      { tap: '.van-picker-column__item >> nth=2', then: '.value:has-text("温州")' },
      { tap: '.van-picker__confirm', then: '.value:has-text("confirm")' },
    ],
  },
  {
    shows: ['radio-group', 'radio'],
    template:
      '<van-radio-group value="1" bind:change="note"><van-radio name="1">一</van-radio><van-radio name="2">二</van-radio></van-radio-group>',
    press: [{ tap: '.van-radio__label >> nth=1', then: '.value:has-text("2")' }],
  },
  {
    shows: ['rate'],
    template: '<van-rate value="{{ 2 }}" count="5" allow-half bind:change="note" />',
    press: [{ tap: '.van-rate__item >> nth=4', then: '.value:has-text("change")' }],
  },
  {
    shows: ['search'],
    template:
      '<van-search value="字" placeholder="搜索" show-action shape="round" bind:search="note" bind:cancel="note" />',
    press: [{ tap: '.van-search__action-button', then: '.value:has-text("cancel")' }],
  },
  {
    shows: ['slider'],
    template:
      '<view style="padding: 40px"><van-slider value="20" bind:change="note" /></view><van-slider range value="{{ [20, 60] }}" />',
    press: [{ tap: '.van-slider', then: '.value:has-text("change")' }],
  },
  {
    shows: ['stepper'],
    template: '<van-stepper value="{{ 1 }}" bind:change="note" />',
    press: [{ tap: '.van-stepper__plus', then: '.value:has-text("2")' }],
  },
  {
    shows: ['switch'],
    template: '<van-switch checked="{{ false }}" bind:change="note" />',
    press: [{ tap: '.van-switch', then: '.value:has-text("true")' }],
  },
  {
    shows: ['tree-select'],
    template:
      '<van-tree-select items="{{ items }}" main-active-index="{{ 0 }}" active-id="{{ 1 }}" bind:click-item="note" bind:click-nav="note" />',
    data: `{ items: [{ text: '浙江', children: [{ text: '杭州', id: 1 }, { text: '宁波', id: 2 }] }] }`,
    press: [{ tap: '.van-tree-select__item >> nth=1', then: '.value:has-text("宁波")' }],
  },
  {
    shows: ['uploader'],
    template:
      '<van-uploader file-list="{{ files }}" max-count="3" deletable bind:after-read="note" bind:delete="note" />',
    data: `{ files: [{ url: '/a.png', name: '图' }] }`,
    press: [{ tap: '.van-uploader__preview-delete', then: '.value:has-text("delete")' }],
  },
]
