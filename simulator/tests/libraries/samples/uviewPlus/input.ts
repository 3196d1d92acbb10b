import { value, type Sample } from '../../support/sample'

/** Components that take something in. */
export const input: readonly Sample[] = [
  {
    shows: ['calendar'],
    template:
      '<view class="open" @click="show = true">打开</view><up-calendar :show="show" @confirm="show = false" @close="show = false" />',
    data: `{ show: false }`,
    press: [{ tap: '.open', then: '.u-calendar-month__days__day' }],
  },
  {
    shows: ['checkbox-group', 'checkbox'],
    template: `<up-checkbox-group v-model="value"><up-checkbox label="一" name="a" /><up-checkbox label="二" name="b" shape="square" /></up-checkbox-group>${value}`,
    data: `{ value: ['a'] }`,
    press: [{ tap: '.u-checkbox__icon-wrap >> nth=1', then: '.value:has-text("b")' }],
  },
  {
    shows: ['code'],
    template: `<up-code ref="code" seconds="20" @change="value = $event" /><up-button class="send" text="发" @click="$refs.code.start()" />${value}`,
    data: `{ value: '' }`,
    press: [{ tap: '.u-button', then: '.value:has-text("秒")' }],
  },
  {
    shows: ['code-input'],
    template: '<up-code-input v-model="value" :maxlength="4" mode="line" />',
    data: `{ value: '12' }`,
  },
  {
    shows: ['datetime-picker'],
    template: `<view class="open" @click="show = true">打开</view><up-datetime-picker :show="show" v-model="day" mode="datetime" @confirm="value = 'confirmed'" />${value}`,
    data: `{ show: false, value: '', day: new Date(2026, 4, 5).getTime() }`,
    press: [
      { tap: '.open', then: '.u-toolbar__wrapper__confirm' },
      { tap: '.u-toolbar__wrapper__confirm', then: '.value:has-text("confirmed")' },
    ],
  },
  {
    shows: ['form', 'form-item', 'input'],
    template: `<up-form ref="form" :model="model" :rules="rules"><up-form-item label="姓名" prop="name"><up-input v-model="model.name" border="none" /></up-form-item></up-form><up-button text="交" @click="check" />${value}`,
    data: `{ value: '', model: { name: '' }, rules: { name: [{ type: 'string', required: true, message: '请填写姓名', trigger: ['blur', 'change'] }] } }`,
    methods: `{ check() { this.$refs.form.validate().then(() => { this.value = 'valid' }).catch((errors) => { this.value = errors[0].message }) } }`,
    press: [{ tap: '.u-button', then: '.value:has-text("请填写姓名")' }],
  },
  {
    shows: ['input'],
    template:
      '<up-input v-model="value" placeholder="请输入" clearable border="surround" /><up-input type="password" v-model="value" prefix-icon="lock" />',
    data: `{ value: '字' }`,
  },
  {
    shows: ['keyboard'],
    template: '<up-keyboard mode="number" :show="show" /><up-keyboard mode="car" :show="false" />',
    data: `{ show: true }`,
  },
  {
    shows: ['number-box'],
    template: `<up-number-box v-model="value" />${value}`,
    data: `{ value: 1 }`,
    press: [{ tap: '.u-number-box__plus', then: '.value:has-text("2")' }],
  },
  {
    shows: ['picker'],
    template: `<view class="open" @click="show = true">打开</view><up-picker :show="show" :columns="columns" @confirm="value = $event.value[0]" />${value}`,
    data: `{ show: false, value: '', columns: [['杭州', '宁波']] }`,
    press: [
      { tap: '.open', then: '.u-toolbar__wrapper__confirm' },
      { tap: '.u-toolbar__wrapper__confirm', then: '.value:has-text("杭州")' },
    ],
  },
  {
    shows: ['radio-group', 'radio'],
    template: `<up-radio-group v-model="value"><up-radio label="一" name="a" /><up-radio label="二" name="b" /></up-radio-group>${value}`,
    data: `{ value: 'a' }`,
    press: [{ tap: '.u-radio__icon-wrap >> nth=1', then: '.value:has-text("b")' }],
  },
  { shows: ['rate'], template: '<up-rate count="5" v-model="value" />', data: `{ value: 3 }` },
  {
    shows: ['search'],
    template: `<up-search v-model="word" placeholder="搜索" @custom="value = 'searched'" />${value}`,
    data: `{ word: '字', value: '' }`,
  },
  {
    shows: ['select'],
    template: '<up-select :options="options" label="选择" v-model:current="value" />',
    data: `{ value: 1, options: [{ id: 1, name: '一' }, { id: 2, name: '二' }] }`,
  },
  { shows: ['signature'], template: '<up-signature />' },
  { shows: ['slider'], template: '<up-slider v-model="value" />', data: `{ value: 30 }` },
  {
    shows: ['switch'],
    template: `<up-switch v-model="value" />${value}`,
    data: `{ value: false }`,
    press: [{ tap: '.u-switch', then: '.value:has-text("true")' }],
  },
  {
    shows: ['textarea'],
    template: '<up-textarea v-model="value" placeholder="请输入" count auto-height />',
    data: `{ value: '字' }`,
  },
  {
    shows: ['upload'],
    template: '<up-upload :file-list="files" name="1" multiple :max-count="3" />',
    data: `{ files: [{ url: '/static/a.png' }] }`,
  },
]
