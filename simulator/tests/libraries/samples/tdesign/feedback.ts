import { opens, type Sample } from '../../support/sample'

/** Components that say or ask something. */
export const feedback: readonly Sample[] = [
  {
    shows: ['action-sheet'],
    template: `${opens}<t-action-sheet visible="{{ show }}" items="{{ items }}" cancel-text="取消" usingCustomNavbar bind:selected="note" />`,
    data: `{ items: [{ label: '一' }, { label: '二' }] }`,
    press: [
      { tap: '.open', then: '.t-action-sheet__list-item' },
      { tap: '.t-action-sheet__list-item >> nth=1', then: '.value:has-text("二")' },
    ],
  },
  {
    shows: ['dialog'],
    template: `${opens}<t-dialog visible="{{ show }}" title="标题" content="内容" confirm-btn="好" cancel-btn="不" bind:confirm="note" />`,
    press: [
      { tap: '.open', then: '.t-dialog' },
      { tap: '.t-dialog__button--confirm', then: '.value:has-text("confirm")' },
    ],
  },
  {
    shows: ['drawer'],
    template: `${opens}<t-drawer visible="{{ show }}" items="{{ items }}" placement="right" bind:item-click="note" />`,
    data: `{ items: [{ title: '一' }, { title: '二' }] }`,
    press: [
      { tap: '.open', then: '.t-drawer__sidebar-item' },
      { tap: '.t-drawer__sidebar-item >> nth=1', then: '.value:has-text("二")' },
    ],
  },
  {
    shows: ['dropdown-menu', 'dropdown-item'],
    template:
      '<t-dropdown-menu><t-dropdown-item options="{{ options }}" default-value="all" bind:change="note" /></t-dropdown-menu>',
    data: `{ options: [{ value: 'all', label: '全部' }, { value: 'new', label: '最新' }] }`,
    press: [
      { tap: '.t-dropdown-menu__item', then: '.t-radio:has-text("最新")' },
      { tap: '.t-radio:has-text("最新")', then: '.value:has-text("new")' },
    ],
  },
  {
    shows: ['guide'],
    template: '<view class="main">主要</view><t-guide steps="{{ steps }}" current="{{ -1 }}" />',
    data: `{ steps: [{ element: () => new Promise((resolve) => wx.createSelectorQuery().select('.main').boundingClientRect(resolve).exec()), title: '一', body: '说明' }] }`,
  },
  {
    shows: ['image-viewer'],
    template: `${opens}<t-image-viewer visible="{{ show }}" images="{{ ['/a.png', '/b.png'] }}" showIndex deleteBtn closeBtn bind:close="note" />`,
    press: [{ tap: '.open', then: '.t-image-viewer' }],
  },
  {
    shows: ['loading'],
    template:
      '<t-loading theme="circular" text="加载中" size="40rpx" /><t-loading theme="spinner" layout="vertical" /><t-loading theme="dots" />',
  },
  {
    shows: ['message'],
    template: '<view class="open" bindtap="tell">打开</view><t-message id="t-message" />',
    methods: `{ tell() { this.selectComponent('#t-message').setMessage({ content: '通知', duration: 60000, offset: [20, 32] }) } }`,
    press: [{ tap: '.open', then: '.t-message:has-text("通知")' }],
  },
  {
    shows: ['notice-bar'],
    template:
      '<t-notice-bar visible marquee="{{ { speed: 60, loop: -1, delay: 0 } }}" content="{{ [\'一则通知，它长到需要滚动起来才能看完，所以会滚动\'] }}" theme="warning" /><t-notice-bar visible="{{ true }}" content="静" operation="详情" />',
  },
  {
    shows: ['overlay'],
    template: `${opens}<t-overlay visible="{{ show }}" bind:click="note" />`,
    press: [
      { tap: '.open', then: '.t-overlay' },
      { tap: '.t-overlay', then: '.value:has-text("click")' },
    ],
  },
  {
    shows: ['popover'],
    template:
      '<t-popover visible="{{ show }}" placement="bottom" content="气泡" theme="dark"><view class="open" bindtap="open">打开</view></t-popover>',
    press: [{ tap: '.open', then: '.t-popover:has-text("气泡")' }],
  },
  {
    shows: ['popup'],
    template: `${opens}<t-popup visible="{{ show }}" placement="bottom" close-btn bind:visible-change="note"><view class="inside" style="height: 200px">里</view></t-popup>`,
    press: [
      { tap: '.open', then: '.inside' },
      { tap: '.t-popup__close', then: '.value:has-text("close-btn")' },
    ],
  },
  {
    shows: ['progress'],
    template:
      '<t-progress percentage="80" label="80%" /><t-progress theme="circle" percentage="30" /><t-progress theme="plump" percentage="60" status="success" />',
  },
  {
    shows: ['pull-down-refresh'],
    template:
      '<t-pull-down-refresh value="{{ false }}" loadingTexts="{{ [\'下拉\', \'松手\', \'刷新中\', \'好了\'] }}" bind:refresh="note"><view style="height: 300px">内容</view></t-pull-down-refresh>',
  },
  {
    shows: ['skeleton'],
    template:
      '<t-skeleton theme="paragraph" loading /><t-skeleton rowCol="{{ [{ width: \'50%\' }, 1] }}" loading animation="gradient" />',
  },
  {
    shows: ['swipe-cell'],
    template:
      '<t-swipe-cell right="{{ right }}" bind:click="note"><t-cell title="左滑" /></t-swipe-cell>',
    data: `{ right: [{ text: '删除', className: 'btn delete' }] }`,
  },
  {
    shows: ['toast'],
    template: '<view class="open" bindtap="toast">打开</view><t-toast id="t-toast" />',
    methods: `{ toast() { this.selectComponent('#t-toast').show({ message: '好了', duration: 60000, theme: 'success' }) } }`,
    press: [{ tap: '.open', then: '.t-toast:has-text("好了")' }],
  },
  {
    shows: ['transition'],
    template: `${opens}<t-transition visible="{{ show }}" name="fade" bind:entered="note"><view class="inside">里</view></t-transition>`,
    press: [{ tap: '.open', then: '.inside' }],
  },
]
