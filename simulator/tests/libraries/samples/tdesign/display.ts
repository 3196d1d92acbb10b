import type { Sample } from '../../support/sample'

/** Components that show something or lead somewhere. */
export const display: readonly Sample[] = [
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
    shows: ['config-provider'],
    template:
      '<t-config-provider theme-vars="{{ { colorPrimary: \'#07c160\' } }}"><view>内容</view></t-config-provider>',
  },
  {
    shows: ['count-down'],
    template:
      '<t-count-down time="{{ 960000 }}" format="HH:mm:ss" /><t-count-down time="{{ 960000 }}" theme="round" splitWithUnit />',
  },
  { shows: ['divider'], template: '<t-divider content="文字" dashed align="left" />' },
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
    shows: ['grid', 'grid-item'],
    template:
      '<t-grid column="{{ 3 }}" hover><t-grid-item text="一" icon="app" bind:click="note" /><t-grid-item text="二" badge-props="{{ { dot: true } }}" /></t-grid>',
    press: [{ tap: '.t-grid-item', then: '.value:has-text("click")' }],
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
    shows: ['indexes', 'indexes-anchor'],
    template:
      '<t-indexes index-list="{{ [\'A\', \'B\'] }}" bind:select="note"><view wx:for="{{ [\'A\', \'B\'] }}" wx:key="*this"><t-indexes-anchor index="{{ item }}" /><view style="height: 400px">{{ item }}</view></view></t-indexes>',
  },
  {
    shows: ['navbar'],
    template:
      '<t-navbar title="标题" left-arrow bind:go-back="note" /><t-navbar fixed="{{ false }}"><view slot="title">标题</view></t-navbar>',
  },
  { shows: ['qrcode'], template: '<t-qrcode value="https://example.com" size="{{ 160 }}" />' },
  { shows: ['result'], template: '<t-result theme="success" title="成功" description="说明" />' },
  {
    shows: ['scroll-view'],
    template: '<t-scroll-view><view style="height: 300px">内容</view></t-scroll-view>',
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
    shows: ['steps', 'step-item'],
    template:
      '<t-steps current="{{ 1 }}"><t-step-item title="一" content="说明" /><t-step-item title="二" /></t-steps>',
  },
  {
    shows: ['sticky'],
    template:
      '<t-sticky offset-top="{{ 50 }}" bind:scroll="note"><view>粘住</view></t-sticky><view style="height: 2000px"></view>',
  },
  {
    shows: ['swiper'],
    template:
      '<t-swiper current="{{ 0 }}" autoplay="{{ false }}" navigation="{{ { type: \'dots-bar\' } }}" list="{{ list }}" bind:change="note" />',
    data: `{ list: ['/a.png', '/b.png'] }`,
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
    shows: ['watermark'],
    template:
      '<t-watermark watermark-content="{{ { text: \'水印\' } }}"><view style="height: 200px">内容</view></t-watermark>',
  },
]
