import { opens, type Sample } from '../../support/sample'

/** Components that take something in. */
export const input: readonly Sample[] = [
  {
    shows: ['attachments'],
    template: '<t-attachments items="{{ items }}" />',
    data: `{ items: [{ fileType: 'pdf', name: '文件.pdf', size: 1024, status: 'success' }] }`,
  },
  {
    shows: ['calendar'],
    template: `${opens}<t-calendar visible="{{ show }}" value="{{ day }}" minDate="{{ min }}" maxDate="{{ max }}" bind:confirm="note" />`,
    data: `{ day: new Date(2026, 4, 5).getTime(), min: new Date(2026, 4, 1).getTime(), max: new Date(2026, 5, 20).getTime() }`,
    press: [
      { tap: '.open', then: '.t-calendar__dates-item' },
      { tap: '.t-calendar__confirm-btn', then: '.value:has-text("confirm")' },
    ],
  },
  {
    shows: ['cascader'],
    template: `${opens}<t-cascader visible="{{ show }}" options="{{ options }}" title="地区" bind:change="note" />`,
    data: `{ options: [{ label: '浙江', value: '33', children: [{ label: '杭州', value: '3301' }] }] }`,
    press: [
      { tap: '.open', then: '.t-radio:has-text("浙江")' },
      { tap: '.t-radio:has-text("浙江")', then: '.t-radio:has-text("杭州")' },
      { tap: '.t-radio:has-text("杭州")', then: '.value:has-text("3301")' },
    ],
  },
  {
    shows: ['chat-sender'],
    template: '<t-chat-sender value="字" placeholder="请输入" />',
  },
  {
    shows: ['check-tag'],
    template: '<t-check-tag content="{{ [\'选中\', \'未选\'] }}" bind:change="note" />',
    press: [{ tap: '.t-tag', then: '.value:has-text("checked")' }],
  },
  {
    shows: ['checkbox-group', 'checkbox'],
    template:
      '<t-checkbox-group default-value="{{ [\'a\'] }}" bind:change="note"><t-checkbox value="a" label="一" /><t-checkbox value="b" label="二" icon="rectangle" /></t-checkbox-group>',
    press: [{ tap: '.t-checkbox >> nth=1', then: '.value:has-text("b")' }],
  },
  {
    shows: ['color-picker'],
    template: '<t-color-picker type="multiple" value="#0052d9" format="HEX" bind:change="note" />',
  },
  {
    shows: ['date-time-picker'],
    template: `${opens}<t-date-time-picker title="时间" visible="{{ show }}" mode="minute" value="2026-05-05 10:00" start="2026-01-01 00:00:00" end="2027-12-31 00:00:00" format="YYYY-MM-DD HH:mm" bind:change="note" />`,
    press: [
      { tap: '.open', then: '.t-picker__confirm' },
      { tap: '.t-picker__confirm', then: '.value:has-text("2026-05-05")' },
    ],
  },
  {
    shows: ['form', 'form-item', 'input'],
    template:
      '<t-form id="form" data="{{ form }}" rules="{{ rules }}" bind:submit="note"><t-form-item label="姓名" name="name"><t-input value="{{ form.name }}" placeholder="请输入" /></t-form-item></t-form>',
    data: `{ form: { name: '' }, rules: { name: [{ required: true, message: '请填写姓名' }] } }`,
  },
  {
    shows: ['input'],
    template:
      '<t-input label="标签" placeholder="请输入" value="字" clearable tips="辅助" status="error" bind:change="note" /><t-input type="password" maxlength="6" />',
  },
  {
    shows: ['picker', 'picker-item'],
    template: `${opens}<t-picker visible="{{ show }}" value="{{ ['b'] }}" title="城市" cancelBtn="不" confirmBtn="好" usingCustomNavbar bind:confirm="note"><t-picker-item options="{{ options }}" /></t-picker>`,
    data: `{ options: [{ label: '杭州', value: 'a' }, { label: '宁波', value: 'b' }] }`,
    press: [
      { tap: '.open', then: '.t-picker-item__item' },
      { tap: '.t-picker__confirm', then: '.value:has-text("宁波")' },
    ],
  },
  {
    shows: ['radio-group', 'radio'],
    template:
      '<t-radio-group default-value="1" bind:change="note"><t-radio value="1" label="一" /><t-radio value="2" label="二" /></t-radio-group>',
    press: [{ tap: '.t-radio >> nth=1', then: '.value:has-text("2")' }],
  },
  {
    shows: ['rate'],
    template: '<t-rate value="{{ 2 }}" showText bind:change="note" />',
    press: [{ tap: '.t-rate__icon >> nth=3', then: '.value:has-text("change")' }],
  },
  {
    shows: ['search'],
    template: '<t-search placeholder="搜索" value="字" action="取消" bind:action-click="note" />',
    press: [{ tap: '.t-search__search-action', then: '.value:has-text("action-click")' }],
  },
  {
    shows: ['slider'],
    template:
      '<t-slider value="20" label showExtremeValue bind:change="note" /><t-slider range value="{{ [20, 60] }}" />',
  },
  {
    shows: ['stepper'],
    template: '<t-stepper value="{{ 1 }}" theme="filled" bind:change="note" />',
    press: [{ tap: '.t-stepper__plus', then: '.value:has-text("2")' }],
  },
  {
    shows: ['switch'],
    template: '<t-switch value="{{ false }}" label="{{ [\'开\', \'关\'] }}" bind:change="note" />',
    press: [{ tap: '.t-switch__body', then: '.value:has-text("true")' }],
  },
  {
    shows: ['textarea'],
    template:
      '<t-textarea label="标签" placeholder="请输入" maxlength="50" indicator autosize value="字" bind:change="note" />',
  },
  {
    shows: ['tree-select'],
    template:
      '<t-tree-select options="{{ options }}" value="{{ [\'33\', \'3301\'] }}" bind:change="note" />',
    data: `{ options: [{ label: '浙江', value: '33', children: [{ label: '杭州', value: '3301' }, { label: '宁波', value: '3302' }] }] }`,
    press: [{ tap: '.t-radio:has-text("宁波")', then: '.value:has-text("3302")' }],
  },
  {
    shows: ['upload'],
    template:
      '<t-upload media-type="{{ [\'image\'] }}" files="{{ files }}" max="{{ 3 }}" bind:add="note" bind:remove="note" />',
    data: `{ files: [{ url: '/a.png', name: '图', type: 'image' }] }`,
    press: [{ tap: '.t-upload__close-btn', then: '.value:has-text("remove")' }],
  },
]
