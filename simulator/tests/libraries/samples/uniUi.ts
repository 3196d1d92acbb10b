import type { Sample } from '../support/sample'

/** uni-ui (https://uniapp.dcloud.net.cn/component/uniui/uni-ui.html). */
export const uniUi: readonly Sample[] = [
  {
    shows: ['badge'],
    template:
      '<uni-badge text="8" type="success" /><uni-badge is-dot text="1"><text>信</text></uni-badge>',
  },
  {
    shows: ['breadcrumb', 'breadcrumb-item'],
    template: `<uni-breadcrumb separator="/"><uni-breadcrumb-item>首页</uni-breadcrumb-item><uni-breadcrumb-item>详情</uni-breadcrumb-item></uni-breadcrumb>`,
  },
  {
    shows: ['calendar'],
    template: '<uni-calendar :insert="true" date="2026-05-01" :lunar="true" />',
  },
  {
    shows: ['card'],
    template: `<uni-card title="预约" extra="今天" @click="open"><text class="body">{{ opened }}</text></uni-card>`,
    data: `{ opened: 'closed' }`,
    methods: `{ open() { this.opened = 'opened' } }`,
    press: [{ tap: '.body', then: '.body:has-text("opened")' }],
  },
  {
    shows: ['row', 'col'],
    template:
      '<uni-row :gutter="10"><uni-col :span="12"><view>左</view></uni-col><uni-col :span="12"><view>右</view></uni-col></uni-row>',
  },
  {
    shows: ['collapse', 'collapse-item'],
    template:
      '<uni-collapse><uni-collapse-item title="说明" class="fold"><text class="inside">内容</text></uni-collapse-item></uni-collapse>',
    press: [{ tap: '.uni-collapse-item__title-box', then: '.inside' }],
  },
  {
    shows: ['combox'],
    template: '<uni-combox label="城市" :candidates="list" v-model="city" />',
    data: `{ list: ['湖滨', '梧桐'], city: '' }`,
  },
  {
    shows: ['countdown'],
    template: '<uni-countdown :day="1" :hour="2" :minute="3" :second="4" />',
  },
  {
    shows: ['data-checkbox'],
    template:
      '<uni-data-checkbox v-model="value" :localdata="list" /><text class="value">{{ value }}</text>',
    data: `{ value: 0, list: [{ text: '一', value: 0 }, { text: '二', value: 1 }] }`,
    press: [{ tap: '.checklist-box >> nth=1', then: '.value:has-text("1")' }],
  },
  {
    shows: ['data-picker'],
    template:
      '<uni-data-picker :localdata="tree" popup-title="选择" v-model="value" /><text class="value">{{ value }}</text>',
    data: `{ value: '', tree: [{ text: '一', value: '1', children: [{ text: '一一', value: '1-1' }] }] }`,
    press: [
      { tap: '.input-value', then: '.uni-data-tree-dialog .item' },
      { tap: '.item', then: '.item:has-text("一一")' },
      { tap: '.item:has-text("一一")', then: '.value:has-text("1-1")' },
    ],
  },
  {
    shows: ['data-select'],
    template:
      '<uni-data-select v-model="value" :localdata="list" /><text class="value">{{ value }}</text>',
    data: `{ value: 0, list: [{ value: 0, text: '一' }, { value: 1, text: '二' }] }`,
    press: [
      { tap: '.uni-select', then: '.uni-select__selector-item' },
      { tap: '.uni-select__selector-item >> nth=1', then: '.value:has-text("1")' },
    ],
  },
  { shows: ['dateformat'], template: '<uni-dateformat date="2026/05/01 10:00:00" />' },
  {
    shows: ['datetime-picker'],
    template: '<uni-datetime-picker type="date" v-model="value" />',
    data: `{ value: '2026-05-01' }`,
    press: [{ tap: '.uni-date-editor', then: '.uni-calendar__content' }],
  },
  {
    shows: ['drawer'],
    template:
      '<button class="open" @click="open">开</button><uni-drawer ref="drawer" mode="right" :width="200"><text class="inside">里</text></uni-drawer>',
    methods: `{ open() { this.$refs.drawer.open() } }`,
    press: [{ tap: '.open', then: '.inside' }],
  },
  {
    shows: ['easyinput'],
    template:
      '<uni-easyinput v-model="value" placeholder="请输入" /><uni-easyinput type="textarea" v-model="value" /><uni-easyinput type="password" v-model="value" />',
    data: `{ value: '字' }`,
  },
  {
    shows: ['fab'],
    template:
      '<uni-fab horizontal="right" vertical="bottom" :content="content" @fabClick="press" /><text class="value">{{ value }}</text>',
    data: `{ value: '', content: [{ text: '相册', active: false }] }`,
    methods: `{ press() { this.value = 'pressed' } }`,
    press: [{ tap: '.uni-fab__circle', then: '.value:has-text("pressed")' }],
  },
  {
    shows: ['fav'],
    template:
      '<uni-fav :checked="checked" @click="checked = !checked" /><text class="value">{{ checked }}</text>',
    data: `{ checked: false }`,
    press: [{ tap: '.uni-fav', then: '.value:has-text("true")' }],
  },
  { shows: ['file-picker'], template: '<uni-file-picker limit="9" title="最多选择 9 张图片" />' },
  {
    shows: ['forms', 'forms-item'],
    template:
      '<uni-forms ref="form" :model="form" :rules="rules"><uni-forms-item label="姓名" name="name" required><uni-easyinput v-model="form.name" /></uni-forms-item></uni-forms><button class="check" @click="check">交</button><text class="value">{{ value }}</text>',
    data: `{ value: '', form: { name: '' }, rules: { name: { rules: [{ required: true, errorMessage: '请填写姓名' }] } } }`,
    methods: `{ check() { this.$refs.form.validate().then(() => { this.value = 'valid' }).catch((errors) => { this.value = errors[0].errorMessage }) } }`,
    press: [{ tap: '.check', then: '.value:has-text("请填写姓名")' }],
  },
  {
    shows: ['goods-nav'],
    template: '<uni-goods-nav @buttonClick="buy" /><text class="value">{{ value }}</text>',
    data: `{ value: '' }`,
    methods: `{ buy({ index }) { this.value = 'button ' + index } }`,
    press: [{ tap: '.uni-tab__cart-button-right >> nth=0', then: '.value:has-text("button 0")' }],
  },
  {
    shows: ['grid', 'grid-item'],
    template:
      '<uni-grid :column="3" @change="value = $event.detail.index"><uni-grid-item v-for="n in 6" :key="n" :index="n"><text class="cell">{{ n }}</text></uni-grid-item></uni-grid><text class="value">{{ value }}</text>',
    data: `{ value: '' }`,
    press: [{ tap: '.cell >> nth=1', then: '.value:has-text("2")' }],
  },
  { shows: ['group'], template: '<uni-group title="一组"><view>内容</view></uni-group>' },
  { shows: ['icons'], template: '<uni-icons type="contact" size="30" />' },
  {
    shows: ['indexed-list'],
    template:
      '<view style="height: 400px; position: relative"><uni-indexed-list :options="list" :show-select="false" /></view>',
    data: `{ list: [{ letter: 'A', data: ['阿里', '安阳'] }, { letter: 'B', data: ['北京'] }] }`,
  },
  { shows: ['link'], template: '<uni-link href="https://example.com" text="链接" />' },
  {
    shows: ['list', 'list-item', 'list-chat'],
    template:
      '<uni-list><uni-list-item title="一行" note="说明" clickable @click="value = 1" link /><uni-list-chat title="昵称" avatar="/a.png" note="消息" time="10:00" badge-text="3" /></uni-list><text class="value">{{ value }}</text>',
    data: `{ value: '' }`,
  },
  {
    shows: ['load-more'],
    template: '<uni-load-more status="loading" /><uni-load-more status="noMore" />',
  },
  {
    shows: ['nav-bar'],
    template: '<uni-nav-bar left-icon="left" title="标题" right-text="菜单" />',
  },
  {
    shows: ['notice-bar'],
    template:
      '<uni-notice-bar show-icon scrollable single text="一则通知，长到需要滚动起来才能看完" /><uni-notice-bar show-close text="关" />',
  },
  {
    shows: ['number-box'],
    template: '<uni-number-box v-model="value" /><text class="value">{{ value }}</text>',
    data: `{ value: 1 }`,
    press: [{ tap: '.uni-numbox-btns >> nth=1', then: '.value:has-text("2")' }],
  },
  {
    shows: ['pagination'],
    template:
      '<uni-pagination :total="50" title="标题" :current="page" @change="page = $event.current" /><text class="value">{{ page }}</text>',
    data: `{ page: 1 }`,
    press: [{ tap: '.uni-pagination__btn >> nth=1', then: '.value:has-text("2")' }],
  },
  {
    shows: ['popup', 'popup-dialog', 'popup-message', 'popup-share'],
    template:
      '<button class="open" @click="$refs.popup.open()">开</button><uni-popup ref="popup" type="dialog"><uni-popup-dialog title="提示" content="内容" @confirm="value = 1" /></uni-popup><uni-popup ref="message" type="message"><uni-popup-message type="success" message="好了" :duration="0" /></uni-popup><uni-popup ref="share" type="share"><uni-popup-share title="分享到" /></uni-popup><text class="value">{{ value }}</text>',
    data: `{ value: '' }`,
    press: [
      { tap: '.open', then: '.uni-popup-dialog' },
      { tap: '.uni-dialog-button >> nth=1', then: '.value:has-text("1")' },
    ],
  },
  {
    shows: ['rate'],
    template: '<uni-rate v-model="value" /><text class="value">{{ value }}</text>',
    data: `{ value: 2 }`,
    press: [{ tap: '.uni-rate__icon >> nth=3', then: '.value:has-text("4")' }],
  },
  { shows: ['search-bar'], template: '<uni-search-bar placeholder="搜索" />' },
  {
    shows: ['section'],
    template: '<uni-section title="标题" type="line" sub-title="副标题">内容</uni-section>',
  },
  {
    shows: ['segmented-control'],
    template:
      '<uni-segmented-control :current="current" :values="items" @clickItem="current = $event.currentIndex" /><text class="value">{{ current }}</text>',
    data: `{ current: 0, items: ['一', '二'] }`,
    press: [{ tap: '.segmented-control__item >> nth=1', then: '.value:has-text("1")' }],
  },
  {
    shows: ['steps'],
    template: '<uni-steps :options="[{ title: \'一\' }, { title: \'二\' }]" :active="1" />',
  },
  {
    shows: ['swipe-action', 'swipe-action-item'],
    template:
      '<uni-swipe-action><uni-swipe-action-item :right-options="options"><view class="row">向左滑</view></uni-swipe-action-item></uni-swipe-action>',
    data: `{ options: [{ text: '删除', style: { backgroundColor: '#dd524d' } }] }`,
  },
  {
    shows: ['swiper-dot'],
    template:
      '<uni-swiper-dot :info="info" :current="1" mode="round"><swiper :current="1"><swiper-item v-for="one in info" :key="one.content">{{ one.content }}</swiper-item></swiper></uni-swiper-dot>',
    data: `{ info: [{ content: '一' }, { content: '二' }] }`,
  },
  {
    shows: ['table', 'tr', 'th', 'td'],
    template:
      '<uni-table border stripe><uni-tr><uni-th>日期</uni-th></uni-tr><uni-tr><uni-td>五月一日</uni-td></uni-tr></uni-table>',
  },
  { shows: ['tag'], template: '<uni-tag text="标签" type="primary" />' },
  { shows: ['title'], template: '<uni-title type="h1" title="标题" />' },
  { shows: ['tooltip'], template: '<uni-tooltip content="提示"><button>按</button></uni-tooltip>' },
  {
    shows: ['transition'],
    template:
      '<button class="open" @click="show = !show">开</button><uni-transition :show="show" mode-class="fade"><text class="inside">里</text></uni-transition>',
    data: `{ show: false }`,
    press: [{ tap: '.open', then: '.inside' }],
  },
]
