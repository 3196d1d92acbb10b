import type { Sample } from '../support/sample'

const value = '<text class="value">{{ value }}</text>'

/** uview-plus (https://uview-plus.jiangruyi.com). */
export const uviewPlus: readonly Sample[] = [
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
    shows: ['album'],
    template: '<up-album :urls="urls" multiple-size="60" />',
    data: `{ urls: ['/static/a.png', '/static/b.png'] }`,
  },
  {
    shows: ['alert'],
    template: '<up-alert title="标题" type="warning" description="说明" closable show-icon />',
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
    shows: ['calendar'],
    template:
      '<view class="open" @click="show = true">打开</view><up-calendar :show="show" @confirm="show = false" @close="show = false" />',
    data: `{ show: false }`,
    press: [{ tap: '.open', then: '.u-calendar-month__days__day' }],
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
    shows: ['checkbox-group', 'checkbox'],
    template: `<up-checkbox-group v-model="value"><up-checkbox label="一" name="a" /><up-checkbox label="二" name="b" shape="square" /></up-checkbox-group>${value}`,
    data: `{ value: ['a'] }`,
    press: [{ tap: '.u-checkbox__icon-wrap >> nth=1', then: '.value:has-text("b")' }],
  },
  { shows: ['circle-progress'], template: '<up-circle-progress :percentage="30" />' },
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
    shows: ['datetime-picker'],
    template: `<view class="open" @click="show = true">打开</view><up-datetime-picker :show="show" v-model="day" mode="datetime" @confirm="value = 'confirmed'" />${value}`,
    data: `{ show: false, value: '', day: new Date(2026, 4, 5).getTime() }`,
    press: [
      { tap: '.open', then: '.u-toolbar__wrapper__confirm' },
      { tap: '.u-toolbar__wrapper__confirm', then: '.value:has-text("confirmed")' },
    ],
  },
  {
    shows: ['divider', 'gap', 'line'],
    template:
      '<up-divider text="文字" /><up-gap height="20" bg-color="#bbb" /><up-line color="#2979ff" />',
  },
  {
    shows: ['dropdown', 'dropdown-item'],
    template: `<up-dropdown><up-dropdown-item v-model="value" title="全部" :options="options" /></up-dropdown>${value}`,
    data: `{ value: 1, options: [{ label: '一', value: 1 }, { label: '二', value: 2 }] }`,
  },
  {
    shows: ['empty', 'no-network', 'loading-page'],
    template:
      '<up-empty mode="search" text="没有内容" /><up-no-network /><up-loading-page :loading="false" />',
  },
  { shows: ['float-button'], template: '<up-float-button :is-menu="false" />' },
  {
    shows: ['form', 'form-item', 'input'],
    template: `<up-form ref="form" :model="model" :rules="rules"><up-form-item label="姓名" prop="name"><up-input v-model="model.name" border="none" /></up-form-item></up-form><up-button text="交" @click="check" />${value}`,
    data: `{ value: '', model: { name: '' }, rules: { name: [{ type: 'string', required: true, message: '请填写姓名', trigger: ['blur', 'change'] }] } }`,
    methods: `{ check() { this.$refs.form.validate().then(() => { this.value = 'valid' }).catch((errors) => { this.value = errors[0].message }) } }`,
    press: [{ tap: '.u-button', then: '.value:has-text("请填写姓名")' }],
  },
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
    shows: ['line-progress'],
    template: '<up-line-progress :percentage="30" active-color="#ff0000" />',
  },
  { shows: ['link'], template: '<up-link href="https://example.com" text="链接" />' },
  {
    shows: ['list', 'list-item'],
    template:
      '<up-list height="300"><up-list-item v-for="n in 20" :key="n"><up-cell :title="\'第 \' + n" /></up-list-item></up-list>',
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
    shows: ['navbar', 'navbar-mini', 'status-bar'],
    template:
      '<up-navbar title="标题" left-text="返回" :fixed="false" /><up-navbar-mini /><up-status-bar />',
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
    shows: ['number-box'],
    template: `<up-number-box v-model="value" />${value}`,
    data: `{ value: 1 }`,
    press: [{ tap: '.u-number-box__plus', then: '.value:has-text("2")' }],
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
    shows: ['picker'],
    template: `<view class="open" @click="show = true">打开</view><up-picker :show="show" :columns="columns" @confirm="value = $event.value[0]" />${value}`,
    data: `{ show: false, value: '', columns: [['杭州', '宁波']] }`,
    press: [
      { tap: '.open', then: '.u-toolbar__wrapper__confirm' },
      { tap: '.u-toolbar__wrapper__confirm', then: '.value:has-text("杭州")' },
    ],
  },
  {
    shows: ['popup'],
    template:
      '<view class="open" @click="show = true">打开</view><up-popup :show="show" mode="bottom" closeable @close="show = false"><view class="inside" style="height: 200px">里</view></up-popup>',
    data: `{ show: false }`,
    press: [{ tap: '.open', then: '.inside' }],
  },
  {
    shows: ['radio-group', 'radio'],
    template: `<up-radio-group v-model="value"><up-radio label="一" name="a" /><up-radio label="二" name="b" /></up-radio-group>${value}`,
    data: `{ value: 'a' }`,
    press: [{ tap: '.u-radio__icon-wrap >> nth=1', then: '.value:has-text("b")' }],
  },
  { shows: ['rate'], template: '<up-rate count="5" v-model="value" />', data: `{ value: 3 }` },
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
  { shows: ['skeleton'], template: '<up-skeleton rows="3" title loading avatar />' },
  { shows: ['slider'], template: '<up-slider v-model="value" />', data: `{ value: 30 }` },
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
    shows: ['swipe-action', 'swipe-action-item'],
    template:
      '<up-swipe-action><up-swipe-action-item :options="options"><view style="height: 44px">左滑</view></up-swipe-action-item></up-swipe-action>',
    data: `{ options: [{ text: '删除', style: { backgroundColor: '#f56c6c' } }] }`,
  },
  {
    shows: ['swiper'],
    template: '<up-swiper :list="list" indicator :autoplay="false" />',
    data: `{ list: ['/static/a.png', '/static/b.png'] }`,
  },
  {
    shows: ['switch'],
    template: `<up-switch v-model="value" />${value}`,
    data: `{ value: false }`,
    press: [{ tap: '.u-switch', then: '.value:has-text("true")' }],
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
    shows: ['textarea'],
    template: '<up-textarea v-model="value" placeholder="请输入" count auto-height />',
    data: `{ value: '字' }`,
  },
  { shows: ['tooltip'], template: '<up-tooltip text="提示" direction="bottom" />' },
  {
    shows: ['transition'],
    template:
      '<view class="open" @click="show = true">打开</view><up-transition :show="show"><view class="inside">里</view></up-transition>',
    data: `{ show: false }`,
    press: [{ tap: '.open', then: '.inside' }],
  },
  {
    shows: ['tree'],
    template: '<up-tree :data="tree" />',
    data: `{ tree: [{ id: 1, label: '一', children: [{ id: 2, label: '一一' }] }] }`,
  },
  {
    shows: ['upload'],
    template: '<up-upload :file-list="files" name="1" multiple :max-count="3" />',
    data: `{ files: [{ url: '/static/a.png' }] }`,
  },
  {
    shows: ['waterfall'],
    template:
      '<up-waterfall v-model="list"><template #left="{ leftList }"><view v-for="one in leftList" :key="one.id">{{ one.title }}</view></template><template #right="{ rightList }"><view v-for="one in rightList" :key="one.id">{{ one.title }}</view></template></up-waterfall>',
    data: `{ list: [{ id: 1, title: '一' }, { id: 2, title: '二' }] }`,
  },
]
