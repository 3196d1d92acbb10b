import { value, type Sample } from '../../support/sample'

/** Components that say or ask something. */
export const feedback: readonly Sample[] = [
  {
    shows: ['action-sheet'],
    template: `<view class="open" @click="show = true">打开</view><wd-action-sheet v-model="show" :actions="actions" @select="value = $event.item.name" />${value}`,
    data: `{ show: false, value: '', actions: [{ name: '一' }, { name: '二' }] }`,
    press: [
      { tap: '.open', then: '.wd-action-sheet__action' },
      { tap: '.wd-action-sheet__action >> nth=1', then: '.value:has-text("二")' },
    ],
  },
  {
    shows: ['circle'],
    template: '<wd-circle v-model="value" text="30%" />',
    data: `{ value: 30 }`,
  },
  {
    shows: ['curtain'],
    template: '<wd-curtain v-model="show" src="/static/a.png" :width="200" />',
    data: `{ show: true }`,
  },
  {
    shows: ['drop-menu', 'drop-menu-item'],
    template: `<wd-drop-menu><wd-drop-menu-item v-model="value" :options="options" /></wd-drop-menu>${value}`,
    data: `{ value: 0, options: [{ label: '全部', value: 0 }, { label: '新款', value: 1 }] }`,
    press: [
      { tap: '.wd-drop-menu__item', then: '.wd-drop-item__option' },
      { tap: '.wd-drop-item__option >> nth=1', then: '.value:has-text("1")' },
    ],
  },
  {
    shows: ['floating-panel'],
    template: '<wd-floating-panel><view>内容</view></wd-floating-panel>',
  },
  {
    shows: ['loadmore', 'status-tip'],
    template:
      '<wd-loadmore state="loading" /><wd-loadmore state="finished" /><wd-status-tip image="search" tip="没有内容" />',
  },
  { shows: ['message-box'], template: '<wd-message-box />' },
  {
    shows: ['notice-bar'],
    template:
      '<wd-notice-bar text="一则通知，它长到需要滚动起来才能看完，所以会滚动" prefix="warn-bold" /><wd-notice-bar text="静" closable :scrollable="false" />',
  },
  { shows: ['notify', 'toast'], template: '<wd-notify /><wd-toast />' },
  {
    shows: ['overlay'],
    template: `<view class="open" @click="show = true">打开</view><wd-overlay :show="show" @click="value = 'clicked'"><view class="inside">里</view></wd-overlay>${value}`,
    data: `{ show: false, value: '' }`,
    press: [
      { tap: '.open', then: '.inside' },
      { tap: '.inside', then: '.value:has-text("clicked")' },
    ],
  },
  {
    shows: ['popover', 'tooltip'],
    template:
      '<wd-popover content="气泡"><wd-button>按</wd-button></wd-popover><wd-tooltip placement="bottom" content="提示"><wd-button>按</wd-button></wd-tooltip>',
  },
  {
    shows: ['popup'],
    template:
      '<view class="open" @click="show = true">打开</view><wd-popup v-model="show" position="bottom" closable custom-style="height: 200px"><view class="inside">里</view></wd-popup>',
    data: `{ show: false }`,
    press: [{ tap: '.open', then: '.inside' }],
  },
  {
    shows: ['progress'],
    template:
      '<wd-progress :percentage="60" /><wd-progress :percentage="100" hide-text status="success" />',
  },
  {
    shows: ['skeleton'],
    template:
      '<wd-skeleton theme="paragraph" /><wd-skeleton :row-col="[{ size: \'48px\', type: \'circle\' }]" animation="gradient" />',
  },
  {
    shows: ['swipe-action'],
    template:
      '<wd-swipe-action><wd-cell title="左滑" /><template #right><view class="delete">删除</view></template></wd-swipe-action>',
  },
  {
    shows: ['tour'],
    template: '<view id="first">内容</view><wd-tour :model-value="false" :steps="steps" />',
    data: `{ steps: [{ element: '#first', content: '说明' }] }`,
  },
  {
    shows: ['transition'],
    template:
      '<view class="open" @click="show = true">打开</view><wd-transition :show="show" name="fade-up"><view class="inside">里</view></wd-transition>',
    data: `{ show: false }`,
    press: [{ tap: '.open', then: '.inside' }],
  },
]
