import { value, type Sample } from '../../support/sample'

/** Components that say or ask something. */
export const feedback: readonly Sample[] = [
  {
    shows: ['action-sheet'],
    template: `<view class="open" @click="show = true">打开</view><up-action-sheet :actions="list" :show="show" title="标题" @select="value = $event.name" @close="show = false" />${value}`,
    data: `{ show: false, value: '', list: [{ name: '一' }, { name: '二' }] }`,
    press: [
      { tap: '.open', then: '.u-action-sheet__item-wrap__item' },
      { tap: '.u-action-sheet__item-wrap__item >> nth=1', then: '.value:has-text("二")' },
    ],
  },
  {
    shows: ['alert'],
    template: '<up-alert title="标题" type="warning" description="说明" closable show-icon />',
  },
  { shows: ['circle-progress'], template: '<up-circle-progress :percentage="30" />' },
  {
    shows: ['dropdown', 'dropdown-item'],
    template: `<up-dropdown><up-dropdown-item v-model="value" title="全部" :options="options" /></up-dropdown>${value}`,
    data: `{ value: 1, options: [{ label: '一', value: 1 }, { label: '二', value: 2 }] }`,
  },
  {
    shows: ['line-progress'],
    template: '<up-line-progress :percentage="30" active-color="#ff0000" />',
  },
  {
    shows: ['loading-icon', 'loadmore'],
    template:
      '<up-loading-icon mode="circle" text="加载中" /><up-loading-icon mode="semicircle" /><up-loadmore status="loading" /><up-loadmore status="nomore" line />',
  },
  {
    shows: ['modal'],
    template: `<view class="open" @click="show = true">打开</view><up-modal :show="show" title="标题" content="内容" show-cancel-button @confirm="value = 'confirmed'" />${value}`,
    data: `{ show: false, value: '' }`,
    press: [
      { tap: '.open', then: '.u-modal__content' },
      { tap: '.u-modal__button-group__wrapper--confirm', then: '.value:has-text("confirmed")' },
    ],
  },
  {
    shows: ['notice-bar'],
    template:
      '<up-notice-bar text="一则通知，它长到需要滚动起来才能看完，所以会滚动" mode="closable" /><up-notice-bar :text="[\'一\', \'二\']" direction="column" />',
  },
  {
    shows: ['notify', 'toast'],
    template: `<view class="open" @click="tell">打开</view><up-notify ref="notify" /><up-toast ref="toast" />`,
    methods: `{ tell() { this.$refs.toast.show({ message: '好了', duration: 60000 }) } }`,
    press: [{ tap: '.open', then: '.u-toast__content' }],
  },
  {
    shows: ['overlay'],
    template: `<view class="open" @click="show = true">打开</view><up-overlay :show="show" @click="value = 'clicked'"><view class="inside">里</view></up-overlay>${value}`,
    data: `{ show: false, value: '' }`,
    press: [
      { tap: '.open', then: '.inside' },
      { tap: '.inside', then: '.value:has-text("clicked")' },
    ],
  },
  {
    shows: ['popup'],
    template:
      '<view class="open" @click="show = true">打开</view><up-popup :show="show" mode="bottom" closeable @close="show = false"><view class="inside" style="height: 200px">里</view></up-popup>',
    data: `{ show: false }`,
    press: [{ tap: '.open', then: '.inside' }],
  },
  { shows: ['skeleton'], template: '<up-skeleton rows="3" title loading avatar />' },
  {
    shows: ['swipe-action', 'swipe-action-item'],
    template:
      '<up-swipe-action><up-swipe-action-item :options="options"><view style="height: 44px">左滑</view></up-swipe-action-item></up-swipe-action>',
    data: `{ options: [{ text: '删除', style: { backgroundColor: '#f56c6c' } }] }`,
  },
  { shows: ['tooltip'], template: '<up-tooltip text="提示" direction="bottom" />' },
  {
    shows: ['transition'],
    template:
      '<view class="open" @click="show = true">打开</view><up-transition :show="show"><view class="inside">里</view></up-transition>',
    data: `{ show: false }`,
    press: [{ tap: '.open', then: '.inside' }],
  },
]
