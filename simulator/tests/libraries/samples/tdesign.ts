import type { Sample } from '../support/sample'

const opens = '<view class="open" bindtap="open">打开</view>'

/** TDesign for mini-programs (https://tdesign.tencent.com/miniprogram). */
export const tdesign: readonly Sample[] = [
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
    shows: ['attachments'],
    template: '<t-attachments items="{{ items }}" />',
    data: `{ items: [{ fileType: 'pdf', name: '文件.pdf', size: 1024, status: 'success' }] }`,
  },
  {
    shows: ['avatar', 'avatar-group'],
    template:
      '<t-avatar>字</t-avatar><t-avatar icon="user" badge-props="{{ { count: 8 } }}" /><t-avatar-group max="2"><t-avatar>一</t-avatar><t-avatar>二</t-avatar><t-avatar>三</t-avatar></t-avatar-group>',
  },
  {
    shows: ['back-top'],
    template:
      '<view style="height: 2000px"></view><t-back-top theme="round" text="顶部" scroll-top="{{ 300 }}" />',
  },
  {
    shows: ['badge'],
    template: '<t-badge count="16" content="消息" /><t-badge dot content="点" />',
  },
  {
    shows: ['button'],
    template:
      '<t-button theme="primary" size="large" block bind:tap="note">主要</t-button><t-button theme="light" icon="app" loading>次要</t-button><t-button disabled variant="outline">停用</t-button>',
    press: [{ tap: '.t-button', then: '.value:has-text("tap")' }],
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
    shows: ['cell-group', 'cell'],
    template:
      '<t-cell-group title="一组"><t-cell title="标题" note="内容" description="说明" arrow hover bind:click="note" /></t-cell-group>',
    press: [{ tap: '.t-cell', then: '.value:has-text("click")' }],
  },
  {
    shows: [
      'chat-message',
      'chat-content',
      'chat-markdown',
      'chat-loading',
      'chat-thinking',
      'chat-actionbar',
    ],
    template:
      '<t-chat-message role="user" content="{{ content }}" avatar="/a.png" name="李雷" /><t-chat-content role="assistant" content="{{ one }}" /><t-chat-markdown content="# 标题" /><t-chat-loading animation="dots" text="想" /><t-chat-thinking content="{{ thinking }}" status="complete" /><t-chat-actionbar />',
    data: `{ content: [{ type: 'text', data: '问题' }], one: { type: 'markdown', data: '**答案**' }, thinking: { title: '想过了', text: '想' } }`,
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
    shows: ['row', 'col'],
    template:
      '<t-row gutter="16"><t-col span="8">8</t-col><t-col span="8" offset="4">8</t-col></t-row>',
  },
  {
    shows: ['collapse', 'collapse-panel'],
    template:
      '<t-collapse default-value="{{ [0] }}" bind:change="note"><t-collapse-panel header="一" value="{{ 0 }}" expandIcon>内容</t-collapse-panel><t-collapse-panel header="二" value="{{ 1 }}" expandIcon>内容</t-collapse-panel></t-collapse>',
    press: [{ tap: '.t-collapse-panel__header >> nth=1', then: '.value:has-text("1")' }],
  },
  {
    shows: ['color-picker'],
    template: '<t-color-picker type="multiple" value="#0052d9" format="HEX" bind:change="note" />',
  },
  {
    shows: ['config-provider'],
    template:
      '<t-config-provider theme-vars="{{ { colorPrimary: \'#07c160\' } }}"><view>内容</view></t-config-provider>',
  },
  {
    shows: ['count-down'],
    template:
      '<t-count-down time="{{ 960000 }}" format="HH:mm:ss" /><t-count-down time="{{ 960000 }}" theme="round" splitWithUnit />',
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
    shows: ['dialog'],
    template: `${opens}<t-dialog visible="{{ show }}" title="标题" content="内容" confirm-btn="好" cancel-btn="不" bind:confirm="note" />`,
    press: [
      { tap: '.open', then: '.t-dialog' },
      { tap: '.t-dialog__button--confirm', then: '.value:has-text("confirm")' },
    ],
  },
  { shows: ['divider'], template: '<t-divider content="文字" dashed align="left" />' },
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
  { shows: ['empty'], template: '<t-empty icon="info-circle-filled" description="没有内容" />' },
  {
    shows: ['fab'],
    template: '<t-fab icon="add" text="悬浮" bind:click="note" aria-label="增加" />',
    press: [{ tap: '.t-fab__button', then: '.value:has-text("click")' }],
  },
  {
    shows: ['footer', 'link'],
    template:
      '<t-footer text="版权所有" links="{{ [{ name: \'链接\', url: \'/pages/button/index\' }] }}" /><t-link content="链接" theme="primary" />',
  },
  {
    shows: ['form', 'form-item', 'input'],
    template:
      '<t-form id="form" data="{{ form }}" rules="{{ rules }}" bind:submit="note"><t-form-item label="姓名" name="name"><t-input value="{{ form.name }}" placeholder="请输入" /></t-form-item></t-form>',
    data: `{ form: { name: '' }, rules: { name: [{ required: true, message: '请填写姓名' }] } }`,
  },
  {
    shows: ['grid', 'grid-item'],
    template:
      '<t-grid column="{{ 3 }}" hover><t-grid-item text="一" icon="app" bind:click="note" /><t-grid-item text="二" badge-props="{{ { dot: true } }}" /></t-grid>',
    press: [{ tap: '.t-grid-item', then: '.value:has-text("click")' }],
  },
  {
    shows: ['guide'],
    template: '<view class="main">主要</view><t-guide steps="{{ steps }}" current="{{ -1 }}" />',
    data: `{ steps: [{ element: () => new Promise((resolve) => wx.createSelectorQuery().select('.main').boundingClientRect(resolve).exec()), title: '一', body: '说明' }] }`,
  },
  {
    shows: ['icon'],
    template: '<t-icon name="app" size="48rpx" color="#0052d9" bind:click="note" />',
  },
  {
    shows: ['image'],
    template:
      '<t-image src="/a.png" mode="aspectFill" width="72" height="72" shape="round" loading="slot" error="default" />',
  },
  {
    shows: ['image-viewer'],
    template: `${opens}<t-image-viewer visible="{{ show }}" images="{{ ['/a.png', '/b.png'] }}" showIndex deleteBtn closeBtn bind:close="note" />`,
    press: [{ tap: '.open', then: '.t-image-viewer' }],
  },
  {
    shows: ['indexes', 'indexes-anchor'],
    template:
      '<t-indexes index-list="{{ [\'A\', \'B\'] }}" bind:select="note"><view wx:for="{{ [\'A\', \'B\'] }}" wx:key="*this"><t-indexes-anchor index="{{ item }}" /><view style="height: 400px">{{ item }}</view></view></t-indexes>',
  },
  {
    shows: ['input'],
    template:
      '<t-input label="标签" placeholder="请输入" value="字" clearable tips="辅助" status="error" bind:change="note" /><t-input type="password" maxlength="6" />',
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
    shows: ['navbar'],
    template:
      '<t-navbar title="标题" left-arrow bind:go-back="note" /><t-navbar fixed="{{ false }}"><view slot="title">标题</view></t-navbar>',
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
    shows: ['picker', 'picker-item'],
    template: `${opens}<t-picker visible="{{ show }}" value="{{ ['b'] }}" title="城市" cancelBtn="不" confirmBtn="好" usingCustomNavbar bind:confirm="note"><t-picker-item options="{{ options }}" /></t-picker>`,
    data: `{ options: [{ label: '杭州', value: 'a' }, { label: '宁波', value: 'b' }] }`,
    press: [
      { tap: '.open', then: '.t-picker-item__item' },
      { tap: '.t-picker__confirm', then: '.value:has-text("宁波")' },
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
  { shows: ['qrcode'], template: '<t-qrcode value="https://example.com" size="{{ 160 }}" />' },
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
  { shows: ['result'], template: '<t-result theme="success" title="成功" description="说明" />' },
  {
    shows: ['scroll-view'],
    template: '<t-scroll-view><view style="height: 300px">内容</view></t-scroll-view>',
  },
  {
    shows: ['search'],
    template: '<t-search placeholder="搜索" value="字" action="取消" bind:action-click="note" />',
    press: [{ tap: '.t-search__search-action', then: '.value:has-text("action-click")' }],
  },
  {
    shows: ['segmented'],
    template: '<t-segmented value="a" options="{{ options }}" bind:change="note" />',
    data: `{ options: [{ label: '一', value: 'a' }, { label: '二', value: 'b' }] }`,
  },
  {
    shows: ['side-bar', 'side-bar-item'],
    template:
      '<t-side-bar value="{{ 0 }}" bind:change="note"><t-side-bar-item value="{{ 0 }}" label="一" /><t-side-bar-item value="{{ 1 }}" label="二" badge-props="{{ { count: 8 } }}" /></t-side-bar>',
    press: [{ tap: '.t-side-bar-item >> nth=1', then: '.value:has-text("1")' }],
  },
  {
    shows: ['skeleton'],
    template:
      '<t-skeleton theme="paragraph" loading /><t-skeleton rowCol="{{ [{ width: \'50%\' }, 1] }}" loading animation="gradient" />',
  },
  {
    shows: ['slider'],
    template:
      '<t-slider value="20" label showExtremeValue bind:change="note" /><t-slider range value="{{ [20, 60] }}" />',
  },
  {
    shows: ['steps', 'step-item'],
    template:
      '<t-steps current="{{ 1 }}"><t-step-item title="一" content="说明" /><t-step-item title="二" /></t-steps>',
  },
  {
    shows: ['stepper'],
    template: '<t-stepper value="{{ 1 }}" theme="filled" bind:change="note" />',
    press: [{ tap: '.t-stepper__plus', then: '.value:has-text("2")' }],
  },
  {
    shows: ['sticky'],
    template:
      '<t-sticky offset-top="{{ 50 }}" bind:scroll="note"><view>粘住</view></t-sticky><view style="height: 2000px"></view>',
  },
  {
    shows: ['swipe-cell'],
    template:
      '<t-swipe-cell right="{{ right }}" bind:click="note"><t-cell title="左滑" /></t-swipe-cell>',
    data: `{ right: [{ text: '删除', className: 'btn delete' }] }`,
  },
  {
    shows: ['swiper'],
    template:
      '<t-swiper current="{{ 0 }}" autoplay="{{ false }}" navigation="{{ { type: \'dots-bar\' } }}" list="{{ list }}" bind:change="note" />',
    data: `{ list: ['/a.png', '/b.png'] }`,
  },
  {
    shows: ['switch'],
    template: '<t-switch value="{{ false }}" label="{{ [\'开\', \'关\'] }}" bind:change="note" />',
    press: [{ tap: '.t-switch__body', then: '.value:has-text("true")' }],
  },
  {
    shows: ['tab-bar', 'tab-bar-item'],
    template:
      '<t-tab-bar value="a" theme="tag" bind:change="note"><t-tab-bar-item value="a" icon="home">一</t-tab-bar-item><t-tab-bar-item value="b" icon="app" badge-props="{{ { dot: true } }}">二</t-tab-bar-item></t-tab-bar>',
    press: [{ tap: '.t-tab-bar-item__content >> nth=1', then: '.value:has-text("b")' }],
  },
  {
    shows: ['tabs', 'tab-panel'],
    template:
      '<t-tabs default-value="{{ 0 }}" animation="{{ { duration: 0.3 } }}" swipeable bind:change="note"><t-tab-panel label="一" value="{{ 0 }}">内容一</t-tab-panel><t-tab-panel label="二" value="{{ 1 }}">内容二</t-tab-panel></t-tabs>',
    press: [{ tap: '.t-tabs__item >> nth=1', then: '.value:has-text("二")' }],
  },
  {
    shows: ['table'],
    template: '<t-table columns="{{ columns }}" data="{{ rows }}" row-key="id" bordered />',
    data: `{ columns: [{ colKey: 'id', title: '号' }, { colKey: 'name', title: '名' }], rows: [{ id: 1, name: '李雷' }] }`,
  },
  {
    shows: ['tag'],
    template: '<t-tag variant="light" theme="primary" closable bind:close="note">标签</t-tag>',
  },
  {
    shows: ['text', 'title', 'paragraph'],
    template:
      '<t-title level="h2" content="标题" /><t-text content="文字" /><t-paragraph content="段落" ellipsis="{{ { row: 2 } }}" />',
  },
  {
    shows: ['textarea'],
    template:
      '<t-textarea label="标签" placeholder="请输入" maxlength="50" indicator autosize value="字" bind:change="note" />',
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
  {
    shows: ['watermark'],
    template:
      '<t-watermark watermark-content="{{ { text: \'水印\' } }}"><view style="height: 200px">内容</view></t-watermark>',
  },
]
