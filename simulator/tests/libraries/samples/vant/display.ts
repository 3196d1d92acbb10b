import type { Sample } from '../../support/sample'

/** Components that show something or lead somewhere. */
export const display: readonly Sample[] = [
  {
    shows: ['button'],
    template:
      '<van-button type="primary" icon="star-o" bind:click="note">主要</van-button><van-button type="info" loading loading-text="加载中" /><van-button plain hairline round color="#7232dd" dataset="{{ { id: 1 } }}">朴素</van-button><van-button disabled>停用</van-button>',
    press: [{ tap: '.van-button', then: '.value:has-text("click")' }],
  },
  {
    shows: ['card'],
    template:
      '<van-card num="2" tag="新" price="10.00" desc="说明" title="商品" thumb="/a.png" origin-price="12.00"><view slot="footer">底</view></van-card>',
  },
  {
    shows: ['cell-group', 'cell'],
    template:
      '<van-cell-group title="一组"><van-cell title="标题" value="内容" label="说明" is-link bind:click="note" /></van-cell-group>',
    press: [{ tap: '.van-cell', then: '.value:has-text("click")' }],
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
    shows: ['divider'],
    template: '<van-divider content-position="center" dashed>文字</van-divider>',
  },
  { shows: ['empty'], template: '<van-empty description="没有内容" /><van-empty image="error" />' },
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
    shows: ['nav-bar'],
    template:
      '<van-nav-bar title="标题" left-text="返回" right-text="按钮" left-arrow bind:click-right="note" />',
    press: [{ tap: '.van-nav-bar__right', then: '.value:has-text("click-right")' }],
  },
  {
    shows: ['panel'],
    template:
      '<van-panel title="标题" desc="说明" status="状态" use-footer-slot><view>内容</view></van-panel>',
  },
  {
    shows: ['sidebar', 'sidebar-item'],
    template:
      '<van-sidebar active-key="{{ 0 }}" bind:change="note"><van-sidebar-item title="一" /><van-sidebar-item title="二" dot /></van-sidebar>',
    press: [{ tap: '.van-sidebar-item >> nth=1', then: '.value:has-text("1")' }],
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
]
