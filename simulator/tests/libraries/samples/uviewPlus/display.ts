import { value, type Sample } from '../../support/sample'

/** Components that show something or lead somewhere. */
export const display: readonly Sample[] = [
  {
    shows: ['album'],
    template: '<up-album :urls="urls" multiple-size="60" />',
    data: `{ urls: ['/static/a.png', '/static/b.png'] }`,
  },
  {
    shows: ['avatar', 'avatar-group'],
    template:
      '<up-avatar text="李" size="40" /><up-avatar-group :urls="urls" size="35" gap="0.4" />',
    data: `{ urls: ['/static/a.png', '/static/b.png'] }`,
  },
  {
    shows: ['back-top'],
    template: '<view style="height: 2000px" /><up-back-top :scroll-top="500" />',
  },
  {
    shows: ['badge'],
    template: '<up-badge type="warning" max="99" :value="120" /><up-badge is-dot />',
  },
  { shows: ['qrcode'], template: '<up-qrcode :size="120" val="https://example.com" />' },
  {
    shows: ['button'],
    template: `<up-button type="primary" text="确定" @click="value = 'clicked'" /><up-button type="success" plain loading text="载" /><up-button disabled text="停用" />${value}`,
    data: `{ value: '' }`,
    press: [{ tap: '.u-button', then: '.value:has-text("clicked")' }],
  },
  {
    shows: ['card'],
    template:
      '<up-card title="标题" sub-title="副标题"><template #body><view>内容</view></template></up-card>',
  },
  {
    shows: ['cell-group', 'cell'],
    template: `<up-cell-group title="一组"><up-cell title="标题" value="内容" label="说明" is-link @click="value = 'clicked'" /></up-cell-group>${value}`,
    data: `{ value: '' }`,
    press: [{ tap: '.u-cell__body', then: '.value:has-text("clicked")' }],
  },
  {
    shows: ['row', 'col'],
    template:
      '<up-row gutter="10"><up-col span="6"><view>左</view></up-col><up-col span="6"><view>右</view></up-col></up-row>',
  },
  {
    shows: ['collapse', 'collapse-item'],
    template:
      '<up-collapse><up-collapse-item title="说明" name="a"><text class="inside">内容</text></up-collapse-item></up-collapse>',
    press: [{ tap: '.u-cell__body', then: '.inside' }],
  },
  { shows: ['copy'], template: '<up-copy content="字"><text>复制</text></up-copy>' },
  {
    shows: ['count-down', 'count-to'],
    template:
      '<up-count-down :time="30 * 60 * 60 * 1000" format="HH:mm:ss" /><up-count-to :start-val="0" :end-val="500" :duration="10" />',
  },
  {
    shows: ['divider', 'gap', 'line'],
    template:
      '<up-divider text="文字" /><up-gap height="20" bg-color="#bbb" /><up-line color="#2979ff" />',
  },
  {
    shows: ['empty', 'no-network', 'loading-page'],
    template:
      '<up-empty mode="search" text="没有内容" /><up-no-network /><up-loading-page :loading="false" />',
  },
  { shows: ['float-button'], template: '<up-float-button :is-menu="false" />' },
  {
    shows: ['grid', 'grid-item', 'icon'],
    template: `<up-grid :border="true" col="3" @click="value = 'cell ' + $event"><up-grid-item v-for="n in 3" :key="n" :name="n"><up-icon name="photo" size="22" /><text class="cell">{{ n }}</text></up-grid-item></up-grid>${value}`,
    data: `{ value: '' }`,
    press: [{ tap: '.cell >> nth=1', then: '.value:has-text("cell 2")' }],
  },
  {
    shows: ['image'],
    template:
      '<up-image src="/static/a.png" width="80px" height="80px" shape="circle" :show-loading="true" />',
  },
  {
    shows: ['index-list', 'index-item', 'index-anchor'],
    template:
      '<up-index-list :index-list="letters"><template v-for="letter in letters" :key="letter"><up-index-item><up-index-anchor :text="letter" /><view style="height: 200px">{{ letter }}</view></up-index-item></template></up-index-list>',
    data: `{ letters: ['A', 'B', 'C'] }`,
  },
  { shows: ['link'], template: '<up-link href="https://example.com" text="链接" />' },
  {
    shows: ['list', 'list-item'],
    template:
      '<up-list height="300"><up-list-item v-for="n in 20" :key="n"><up-cell :title="\'第 \' + n" /></up-list-item></up-list>',
  },
  {
    shows: ['navbar', 'navbar-mini', 'status-bar'],
    template:
      '<up-navbar title="标题" left-text="返回" :fixed="false" /><up-navbar-mini /><up-status-bar />',
  },
  {
    shows: ['pagination'],
    template: `<up-pagination :total="100" :page-size="10" v-model:current-page="value" />${value}`,
    data: `{ value: 1 }`,
  },
  {
    shows: ['parse'],
    template: '<up-parse :content="html" />',
    data: `{ html: '<h3>标题</h3><p>段落 <b>粗</b></p><img src="/static/a.png">' }`,
  },
  {
    shows: ['read-more'],
    template:
      '<up-read-more :toggle="true" show-height="100"><view style="height: 300px">内容</view></up-read-more>',
  },
  {
    shows: ['scroll-list'],
    template:
      '<up-scroll-list><view v-for="n in 10" :key="n" style="width: 80px">{{ n }}</view></up-scroll-list>',
  },
  {
    shows: ['steps', 'steps-item'],
    template:
      '<up-steps current="1"><up-steps-item title="一" desc="说明" /><up-steps-item title="二" /></up-steps>',
  },
  {
    shows: ['sticky'],
    template:
      '<up-sticky offset-top="50"><view>粘住</view></up-sticky><view style="height: 2000px" />',
  },
  {
    shows: ['subsection'],
    template: `<up-subsection :list="list" :current="value" @change="value = $event" />${value}`,
    data: `{ value: 0, list: ['一', '二'] }`,
    press: [{ tap: '.u-subsection__item >> nth=1', then: '.value:has-text("1")' }],
  },
  {
    shows: ['swiper'],
    template: '<up-swiper :list="list" indicator :autoplay="false" />',
    data: `{ list: ['/static/a.png', '/static/b.png'] }`,
  },
  {
    shows: ['tabbar', 'tabbar-item'],
    template: `<up-tabbar :value="value" @change="value = $event" :fixed="false" :placeholder="false"><up-tabbar-item text="首页" icon="home" /><up-tabbar-item text="我的" icon="account" dot /></up-tabbar>${value}`,
    data: `{ value: 0 }`,
    press: [{ tap: '.u-tabbar-item >> nth=1', then: '.value:has-text("1")' }],
  },
  {
    shows: ['table', 'tr', 'th', 'td'],
    template:
      '<up-table><up-tr><up-th>姓名</up-th></up-tr><up-tr><up-td>李雷</up-td></up-tr></up-table>',
  },
  {
    shows: ['tabs'],
    template: `<up-tabs :list="list" @click="value = $event.name" />${value}`,
    data: `{ value: '', list: [{ name: '一' }, { name: '二' }] }`,
    press: [{ tap: '.u-tabs__wrapper__nav__item >> nth=1', then: '.value:has-text("二")' }],
  },
  {
    shows: ['tag', 'text'],
    template:
      '<up-tag text="标签" plain size="mini" type="warning" /><up-text mode="price" text="728732.32" /><up-text type="primary" text="主要" />',
  },
  {
    shows: ['tree'],
    template: '<up-tree :data="tree" />',
    data: `{ tree: [{ id: 1, label: '一', children: [{ id: 2, label: '一一' }] }] }`,
  },
  {
    shows: ['waterfall'],
    template:
      '<up-waterfall v-model="list"><template #left="{ leftList }"><view v-for="one in leftList" :key="one.id">{{ one.title }}</view></template><template #right="{ rightList }"><view v-for="one in rightList" :key="one.id">{{ one.title }}</view></template></up-waterfall>',
    data: `{ list: [{ id: 1, title: '一' }, { id: 2, title: '二' }] }`,
  },
]
