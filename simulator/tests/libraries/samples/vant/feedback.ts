import { opens, type Sample } from '../../support/sample'

/** Components that say or ask something. */
export const feedback: readonly Sample[] = [
  {
    shows: ['action-sheet'],
    template: `${opens}<van-action-sheet show="{{ show }}" actions="{{ actions }}" cancel-text="取消" bind:close="close" bind:select="note" />`,
    data: `{ actions: [{ name: '一' }, { name: '二', subname: '说明' }, { name: '停用', disabled: true }] }`,
    press: [
      { tap: '.open', then: '.van-action-sheet__item' },
      { tap: '.van-action-sheet__item >> nth=1', then: '.value:has-text("二")' },
    ],
  },
  {
    shows: ['circle'],
    template:
      '<van-circle value="{{ 60 }}" text="60%" /><van-circle type="2d" value="{{ 30 }}" text="30%" />',
  },
  {
    shows: ['dialog'],
    template: `${opens}<van-dialog show="{{ show }}" title="标题" message="内容" show-cancel-button bind:confirm="note" bind:close="close" />`,
    press: [
      { tap: '.open', then: '.van-dialog__message' },
      { tap: '.van-dialog__confirm', then: '.value:has-text("confirm")' },
    ],
  },
  {
    shows: ['dropdown-menu', 'dropdown-item'],
    template:
      '<van-dropdown-menu><van-dropdown-item value="{{ 0 }}" options="{{ options }}" bind:change="note" /></van-dropdown-menu>',
    data: `{ options: [{ text: '全部', value: 0 }, { text: '新款', value: 1 }] }`,
    press: [
      { tap: '.van-dropdown-menu__item', then: '.van-dropdown-item__option' },
      { tap: '.van-dropdown-item__option >> nth=1', then: '.value:has-text("1")' },
    ],
  },
  {
    shows: ['loading'],
    template: '<van-loading size="24px" type="spinner" vertical>加载中</van-loading>',
  },
  {
    shows: ['notice-bar'],
    template:
      '<van-notice-bar left-icon="volume-o" mode="closeable" text="一则通知，它长到需要滚动起来才能看完，所以会滚动" /><van-notice-bar wrapable scrollable="{{ false }}" text="换行" />',
  },
  {
    shows: ['notify'],
    template: `<view class="open" bindtap="show">打开</view><van-notify id="van-notify" />`,
    methods: `{ show() { this.selectComponent('#van-notify').setData({ message: '通知', type: 'success' }); this.selectComponent('#van-notify').show() } }`,
    press: [{ tap: '.open', then: '.van-notify:has-text("通知")' }],
  },
  {
    shows: ['overlay'],
    template: `${opens}<van-overlay show="{{ show }}" bind:click="note"><view class="inside">里</view></van-overlay>`,
    press: [
      { tap: '.open', then: '.inside' },
      { tap: '.inside', then: '.value:has-text("click")' },
    ],
  },
  {
    shows: ['progress'],
    template: '<van-progress percentage="50" pivot-text="橙色" color="#f2826a" />',
  },
  {
    shows: ['share-sheet'],
    template: `${opens}<van-share-sheet show="{{ show }}" title="分享" options="{{ options }}" bind:select="note" bind:close="close" />`,
    data: `{ options: [{ name: '微信', icon: 'wechat', openType: 'share' }, { name: '链接', icon: 'link' }] }`,
    press: [
      { tap: '.open', then: '.van-share-sheet__option' },
      { tap: '.van-share-sheet__option >> nth=1', then: '.value:has-text("链接")' },
    ],
  },
  {
    shows: ['skeleton'],
    template:
      '<van-skeleton title avatar row="3" loading="{{ true }}"><view>内容</view></van-skeleton>',
  },
  {
    shows: ['swipe-cell'],
    template:
      '<van-swipe-cell id="swipe" right-width="{{ 65 }}" left-width="{{ 65 }}" bind:click="note"><view slot="left">选</view><view class="row" style="height: 44px">滑动</view><view slot="right" class="delete">删除</view></van-swipe-cell>',
    press: [{ tap: '.row', then: '.value:has-text("cell")' }],
  },
  {
    shows: ['toast'],
    template: '<view class="open" bindtap="toast">打开</view><van-toast id="van-toast" />',
    methods: `{ toast() { this.selectComponent('#van-toast').setData({ show: true, message: '好了', type: 'text' }) } }`,
    press: [{ tap: '.open', then: '.van-toast:has-text("好了")' }],
  },
  {
    shows: ['transition'],
    template: `${opens}<van-transition show="{{ show }}" name="fade-up" bind:after-enter="note"><view class="inside">里</view></van-transition>`,
    press: [{ tap: '.open', then: '.value:has-text("after-enter")' }],
  },
]
