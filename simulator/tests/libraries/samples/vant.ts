import type { Sample } from '../support/sample'

const opens = '<view class="open" bindtap="open">打开</view>'

/** Vant Weapp (https://vant-ui.github.io/vant-weapp). */
export const vant: readonly Sample[] = [
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
    shows: ['area'],
    template: '<van-area area-list="{{ areas }}" value="110101" bind:confirm="note" />',
    data: `{ areas: { province_list: { 110000: '北京市' }, city_list: { 110100: '北京市' }, county_list: { 110101: '东城区', 110102: '西城区' } } }`,
    press: [{ tap: '.van-picker__confirm', then: '.value:has-text("东城区")' }],
  },
  {
    shows: ['button'],
    template:
      '<van-button type="primary" icon="star-o" bind:click="note">主要</van-button><van-button type="info" loading loading-text="加载中" /><van-button plain hairline round color="#7232dd" dataset="{{ { id: 1 } }}">朴素</van-button><van-button disabled>停用</van-button>',
    press: [{ tap: '.van-button', then: '.value:has-text("click")' }],
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
    shows: ['card'],
    template:
      '<van-card num="2" tag="新" price="10.00" desc="说明" title="商品" thumb="/a.png" origin-price="12.00"><view slot="footer">底</view></van-card>',
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
    shows: ['cell-group', 'cell'],
    template:
      '<van-cell-group title="一组"><van-cell title="标题" value="内容" label="说明" is-link bind:click="note" /></van-cell-group>',
    press: [{ tap: '.van-cell', then: '.value:has-text("click")' }],
  },
  {
    shows: ['checkbox-group', 'checkbox'],
    template:
      '<van-checkbox-group value="{{ ticked }}" bind:change="note"><van-checkbox name="a">一</van-checkbox><van-checkbox name="b" shape="square">二</van-checkbox></van-checkbox-group>',
    data: `{ ticked: ['a'] }`,
    press: [{ tap: '.van-checkbox__label >> nth=1', then: '.value:has-text("b")' }],
  },
  {
    shows: ['circle'],
    template:
      '<van-circle value="{{ 60 }}" text="60%" /><van-circle type="2d" value="{{ 30 }}" text="30%" />',
  },
  {
    shows: ['row', 'col'],
    template:
      '<van-row gutter="20"><van-col span="8">8</van-col><van-col span="8" offset="4">8</van-col></van-row>',
  },
  {
    shows: ['collapse', 'collapse-item'],
    template:
      '<van-collapse value="{{ names }}" bind:change="note"><van-collapse-item title="一" name="1">内容</van-collapse-item><van-collapse-item title="二" name="2">内容</van-collapse-item></van-collapse>',
    data: `{ names: ['1'] }`,
    press: [{ tap: '.van-cell >> nth=1', then: '.value:has-text("2")' }],
  },
  {
    shows: ['config-provider', 'rate'],
    template:
      '<van-config-provider theme-vars="{{ vars }}"><van-rate value="{{ 3 }}" /></van-config-provider>',
    data: `{ vars: { rateIconFullColor: '#07c160' } }`,
  },
  {
    shows: ['count-down'],
    template:
      '<van-count-down time="{{ 108000000 }}" format="HH:mm:ss" /><van-count-down use-slot time="{{ 1000000 }}" bind:change="note" />',
  },
  {
    shows: ['datetime-picker'],
    template:
      '<van-datetime-picker type="datetime" value="{{ now }}" min-date="{{ min }}" bind:input="note" bind:confirm="note" />',
    data: `{ now: new Date(2026, 4, 5, 10).getTime(), min: new Date(2026, 0, 1).getTime() }`,
    press: [{ tap: '.van-picker__confirm', then: '.value:has-text("confirm")' }],
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
    shows: ['divider'],
    template: '<van-divider content-position="center" dashed>文字</van-divider>',
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
  { shows: ['empty'], template: '<van-empty description="没有内容" /><van-empty image="error" />' },
  {
    shows: ['field'],
    template:
      '<van-field value="{{ name }}" label="姓名" placeholder="请输入" clearable required bind:change="note" /><van-field type="textarea" autosize show-word-limit maxlength="50" value="字" /><van-field type="password" error-message="不对" />',
    data: `{ name: '李雷' }`,
  },
  {
    shows: ['goods-action', 'goods-action-icon', 'goods-action-button'],
    template:
      '<van-goods-action><van-goods-action-icon icon="chat-o" text="客服" info="5" /><van-goods-action-button text="购买" bind:click="note" /></van-goods-action>',
    press: [{ tap: '.van-button >> nth=-1', then: '.value:has-text("click")' }],
  },
  {
    shows: ['grid', 'grid-item'],
    template:
      '<van-grid column-num="3" clickable><van-grid-item icon="photo-o" text="文字" bind:click="note" /><van-grid-item icon="home-o" text="首页" dot /></van-grid>',
    press: [{ tap: '.van-grid-item__content', then: '.value:has-text("click")' }],
  },
  {
    shows: ['icon', 'info'],
    template:
      '<van-icon name="chat-o" info="9" bind:click="note" /><van-icon name="close" dot color="red" /><van-info dot />',
  },
  {
    shows: ['image'],
    template: '<van-image width="100" height="100" src="/a.png" fit="contain" round />',
  },
  {
    shows: ['index-bar', 'index-anchor'],
    template:
      '<van-index-bar index-list="{{ letters }}" bind:select="note"><view wx:for="{{ letters }}" wx:key="*this"><van-index-anchor index="{{ item }}" /><view style="height: 400px">{{ item }}</view></view></van-index-bar>',
    data: `{ letters: ['A', 'B', 'C'] }`,
  },
  {
    shows: ['loading'],
    template: '<van-loading size="24px" type="spinner" vertical>加载中</van-loading>',
  },
  {
    shows: ['nav-bar'],
    template:
      '<van-nav-bar title="标题" left-text="返回" right-text="按钮" left-arrow bind:click-right="note" />',
    press: [{ tap: '.van-nav-bar__right', then: '.value:has-text("click-right")' }],
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
    shows: ['panel'],
    template:
      '<van-panel title="标题" desc="说明" status="状态" use-footer-slot><view>内容</view></van-panel>',
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
    shows: ['progress'],
    template: '<van-progress percentage="50" pivot-text="橙色" color="#f2826a" />',
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
    shows: ['share-sheet'],
    template: `${opens}<van-share-sheet show="{{ show }}" title="分享" options="{{ options }}" bind:select="note" bind:close="close" />`,
    data: `{ options: [{ name: '微信', icon: 'wechat', openType: 'share' }, { name: '链接', icon: 'link' }] }`,
    press: [
      { tap: '.open', then: '.van-share-sheet__option' },
      { tap: '.van-share-sheet__option >> nth=1', then: '.value:has-text("链接")' },
    ],
  },
  {
    shows: ['sidebar', 'sidebar-item'],
    template:
      '<van-sidebar active-key="{{ 0 }}" bind:change="note"><van-sidebar-item title="一" /><van-sidebar-item title="二" dot /></van-sidebar>',
    press: [{ tap: '.van-sidebar-item >> nth=1', then: '.value:has-text("1")' }],
  },
  {
    shows: ['skeleton'],
    template:
      '<van-skeleton title avatar row="3" loading="{{ true }}"><view>内容</view></van-skeleton>',
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
    shows: ['steps'],
    template:
      '<van-steps steps="{{ steps }}" active="{{ 1 }}" /><van-steps direction="vertical" steps="{{ steps }}" active="{{ 0 }}" />',
    data: `{ steps: [{ text: '一', desc: '说明' }, { text: '二' }] }`,
  },
  {
    shows: ['sticky'],
    template:
      '<van-sticky offset-top="{{ 50 }}" bind:scroll="note"><view>粘住</view></van-sticky><view style="height: 2000px"></view>',
  },
  {
    shows: ['submit-bar', 'tag'],
    template:
      '<van-submit-bar price="{{ 3050 }}" button-text="提交" bind:submit="note"><van-tag type="primary">标签</van-tag></van-submit-bar>',
    press: [{ tap: '.van-button', then: '.value:has-text("submit")' }],
  },
  {
    shows: ['swipe-cell'],
    template:
      '<van-swipe-cell id="swipe" right-width="{{ 65 }}" left-width="{{ 65 }}" bind:click="note"><view slot="left">选</view><view class="row" style="height: 44px">滑动</view><view slot="right" class="delete">删除</view></van-swipe-cell>',
    press: [{ tap: '.row', then: '.value:has-text("cell")' }],
  },
  {
    shows: ['switch'],
    template: '<van-switch checked="{{ false }}" bind:change="note" />',
    press: [{ tap: '.van-switch', then: '.value:has-text("true")' }],
  },
  {
    shows: ['tabs', 'tab'],
    template:
      '<van-tabs active="{{ 0 }}" animated swipeable sticky bind:change="note"><van-tab title="一">内容一</van-tab><van-tab title="二" dot>内容二</van-tab><van-tab title="三">内容三</van-tab></van-tabs>',
    press: [{ tap: '.van-tab >> nth=1', then: '.value:has-text("二")' }],
  },
  {
    shows: ['tabbar', 'tabbar-item'],
    template:
      '<van-tabbar active="{{ 0 }}" bind:change="note"><van-tabbar-item icon="home-o">首页</van-tabbar-item><van-tabbar-item icon="search" dot>搜索</van-tabbar-item></van-tabbar>',
    press: [{ tap: '.van-tabbar-item >> nth=1', then: '.value:has-text("1")' }],
  },
  {
    shows: ['tag'],
    template: '<van-tag type="success" closeable size="medium" bind:close="note">标签</van-tag>',
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
