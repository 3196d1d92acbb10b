import { value, type Sample } from '../../support/sample'

/** Components that take something in. */
export const input: readonly Sample[] = [
  {
    shows: ['calendar'],
    template: `<wd-calendar v-model="day" label="日期" @confirm="value = 'confirmed'" />${value}`,
    data: `{ day: new Date(2026, 4, 5).getTime(), value: '' }`,
  },
  {
    shows: ['calendar-view'],
    template: '<wd-calendar-view v-model="day" :min-date="min" :max-date="max" />',
    data: `{ day: new Date(2026, 4, 5).getTime(), min: new Date(2026, 4, 1).getTime(), max: new Date(2026, 5, 20).getTime() }`,
  },
  {
    shows: ['checkbox-group', 'checkbox'],
    template: `<wd-checkbox-group v-model="value"><wd-checkbox modelValue="a">一</wd-checkbox><wd-checkbox modelValue="b" shape="square">二</wd-checkbox></wd-checkbox-group>${value}`,
    data: `{ value: ['a'] }`,
    press: [{ tap: '.wd-checkbox >> nth=1', then: '.value:has-text("b")' }],
  },
  {
    shows: ['col-picker'],
    template:
      '<wd-col-picker label="地区" v-model="value" :columns="columns" :column-change="change" />',
    data: `{ value: [], columns: [[{ value: '33', label: '浙江' }]] }`,
    methods: `{ change({ resolve, finish }) { finish() } }`,
    press: [{ tap: '.wd-col-picker__cell', then: '.wd-col-picker__list-item' }],
  },
  {
    shows: ['datetime-picker'],
    template: `<wd-datetime-picker v-model="day" label="时间" @confirm="value = 'confirmed'" />${value}`,
    data: `{ day: new Date(2026, 4, 5).getTime(), value: '' }`,
    press: [
      { tap: '.wd-datetime-picker__cell', then: '.wd-datetime-picker__action' },
      { tap: '.wd-datetime-picker__action >> nth=1', then: '.value:has-text("confirmed")' },
    ],
  },
  {
    shows: ['datetime-picker-view', 'picker-view'],
    template:
      '<wd-datetime-picker-view v-model="day" /><wd-picker-view v-model="city" :columns="cities" />',
    data: `{ day: new Date(2026, 4, 5).getTime(), city: '宁波', cities: ['杭州', '宁波', '温州'] }`,
  },
  {
    shows: ['form', 'input'],
    template: `<wd-form ref="form" :model="model" :rules="rules"><wd-input label="姓名" prop="name" v-model="model.name" /></wd-form><wd-button custom-class="check" @click="check">交</wd-button>${value}`,
    data: `{ value: '', model: { name: '' }, rules: { name: [{ required: true, message: '请填写姓名' }] } }`,
    methods: `{ check() { this.$refs.form.validate().then(({ valid, errors }) => { this.value = valid ? 'valid' : errors[0].message }) } }`,
    press: [{ tap: '.check', then: '.value:has-text("请填写姓名")' }],
  },
  {
    shows: ['img-cropper'],
    template: '<wd-img-cropper v-model="show" img-src="" />',
    data: `{ show: false }`,
  },
  {
    shows: ['input'],
    template:
      '<wd-input v-model="value" placeholder="请输入" clearable /><wd-input v-model="value" show-password /><wd-input v-model="value" type="number" :maxlength="6" show-word-limit />',
    data: `{ value: '字' }`,
  },
  {
    shows: ['input-number'],
    template: `<wd-input-number v-model="value" />${value}`,
    data: `{ value: 1 }`,
    press: [{ tap: '.wd-input-number__action >> nth=-1', then: '.value:has-text("2")' }],
  },
  {
    shows: ['keyboard'],
    template: `<wd-keyboard v-model="value" v-model:visible="show" />${value}`,
    data: `{ value: '', show: true }`,
    press: [{ tap: '.wd-key:has-text("5")', then: '.value:has-text("5")' }],
  },
  {
    shows: ['number-keyboard', 'password-input'],
    template: `<wd-password-input v-model="value" :length="4" /><wd-number-keyboard v-model="value" v-model:visible="show" />${value}`,
    data: `{ value: '', show: true }`,
  },
  {
    shows: ['picker'],
    template: `<wd-picker :columns="columns" label="城市" v-model="value" />${value}`,
    data: `{ value: '宁波', columns: ['杭州', '宁波'] }`,
    press: [{ tap: '.wd-picker__cell', then: '.wd-picker__action' }],
  },
  {
    shows: ['radio-group', 'radio'],
    template: `<wd-radio-group v-model="value"><wd-radio :value="1">一</wd-radio><wd-radio :value="2" shape="dot">二</wd-radio></wd-radio-group>${value}`,
    data: `{ value: 1 }`,
    press: [{ tap: '.wd-radio >> nth=1', then: '.value:has-text("2")' }],
  },
  {
    shows: ['rate'],
    template: `<wd-rate v-model="value" />${value}`,
    data: `{ value: 2 }`,
    press: [{ tap: '.wd-rate__item >> nth=3', then: '.value:has-text("4")' }],
  },
  {
    shows: ['search'],
    template: `<wd-search v-model="word" @cancel="value = 'cancelled'" />${value}`,
    data: `{ word: '字', value: '' }`,
    press: [{ tap: '.wd-search__cancel', then: '.value:has-text("cancelled")' }],
  },
  {
    shows: ['select-picker'],
    template: '<wd-select-picker label="选择" v-model="value" :columns="columns" />',
    data: `{ value: [], columns: [{ value: '1', label: '一' }, { value: '2', label: '二' }] }`,
    press: [{ tap: '.wd-select-picker__cell', then: '.wd-checkbox' }],
  },
  { shows: ['signature'], template: '<wd-signature :width="300" :height="150" />' },
  { shows: ['slide-verify'], template: '<wd-slide-verify />' },
  {
    shows: ['slider'],
    template: '<wd-slider v-model="value" /><wd-slider v-model="range" />',
    data: `{ value: 30, range: [20, 60] }`,
  },
  {
    shows: ['switch'],
    template: `<wd-switch v-model="value" />${value}`,
    data: `{ value: false }`,
    press: [{ tap: '.wd-switch', then: '.value:has-text("true")' }],
  },
  {
    shows: ['textarea'],
    template:
      '<wd-textarea v-model="value" placeholder="请输入" :maxlength="120" show-word-limit auto-height clearable />',
    data: `{ value: '字' }`,
  },
  {
    shows: ['upload'],
    template: '<wd-upload v-model:file-list="files" action="https://example.com/upload" />',
    data: `{ files: [{ url: '/static/a.png' }] }`,
  },
]
