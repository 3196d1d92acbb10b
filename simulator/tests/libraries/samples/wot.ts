import type { Sample } from '../support/sample'

const value = '<text class="value">{{ value }}</text>'

/** Wot Design Uni (https://wot-design-uni.cn). */
export const wot: readonly Sample[] = [
  {
    shows: ['action-sheet'],
    template: `<view class="open" @click="show = true">打开</view><wd-action-sheet v-model="show" :actions="actions" @select="value = $event.item.name" />${value}`,
    data: `{ show: false, value: '', actions: [{ name: '一' }, { name: '二' }] }`,
    press: [
      { tap: '.open', then: '.wd-action-sheet__action' },
      { tap: '.wd-action-sheet__action >> nth=1', then: '.value:has-text("二")' },
    ],
  },
  {
    shows: ['avatar', 'avatar-group'],
    template:
      '<wd-avatar src="/static/a.png" /><wd-avatar-group><wd-avatar text="一" /><wd-avatar text="二" /></wd-avatar-group>',
  },
  {
    shows: ['backtop'],
    template: '<view style="height: 2000px" /><wd-backtop :scrollTop="600" />',
  },
  {
    shows: ['badge'],
    template:
      '<wd-badge modelValue="12"><wd-button :round="false">消息</wd-button></wd-badge><wd-badge is-dot>点</wd-badge>',
  },
  {
    shows: ['button'],
    template: `<wd-button @click="value = 'clicked'">主要</wd-button><wd-button type="success" loading>载</wd-button><wd-button plain disabled>停用</wd-button>${value}`,
    data: `{ value: '' }`,
    press: [{ tap: '.wd-button', then: '.value:has-text("clicked")' }],
  },
  {
    shows: ['calendar'],
    template: `<wd-calendar v-model="day" label="日期" @confirm="value = 'confirmed'" />${value}`,
    data: `{ day: new Date(2026, 4, 5).getTime(), value: '' }`,
  },
  {
    shows: ['calendar-view'],
    template: '<wd-calendar-view v-model="day" :min-date="min" :max-date="max" />',
    data: `{ day: new Date(2026, 4, 5).getTime(), min: new Date(2026, 4, 1).getTime(), max: new Date(2026, 5, 20).getTime() }`,
  },
  {
    shows: ['card'],
    template:
      '<wd-card title="标题">内容<template #footer><wd-button size="small">详情</wd-button></template></wd-card>',
  },
  {
    shows: ['cell-group', 'cell'],
    template: `<wd-cell-group title="一组" border><wd-cell title="标题" value="内容" is-link clickable @click="value = 'clicked'" /><wd-cell title="说明" label="描述" icon="setting" /></wd-cell-group>${value}`,
    data: `{ value: '' }`,
    press: [{ tap: '.wd-cell', then: '.value:has-text("clicked")' }],
  },
  {
    shows: ['checkbox-group', 'checkbox'],
    template: `<wd-checkbox-group v-model="value"><wd-checkbox modelValue="a">一</wd-checkbox><wd-checkbox modelValue="b" shape="square">二</wd-checkbox></wd-checkbox-group>${value}`,
    data: `{ value: ['a'] }`,
    press: [{ tap: '.wd-checkbox >> nth=1', then: '.value:has-text("b")' }],
  },
  {
    shows: ['circle'],
    template: '<wd-circle v-model="value" text="30%" />',
    data: `{ value: 30 }`,
  },
  {
    shows: ['row', 'col'],
    template:
      '<wd-row :gutter="20"><wd-col :span="8"><view>8</view></wd-col><wd-col :span="8" :offset="4"><view>8</view></wd-col></wd-row>',
  },
  {
    shows: ['col-picker'],
    template:
      '<wd-col-picker label="地区" v-model="value" :columns="columns" :column-change="change" />',
    data: `{ value: [], columns: [[{ value: '33', label: '浙江' }]] }`,
    methods: `{ change({ resolve, finish }) { finish() } }`,
    press: [{ tap: '.wd-col-picker__cell', then: '.wd-col-picker__list-item' }],
  },
  {
    shows: ['collapse', 'collapse-item'],
    template: `<wd-collapse v-model="value"><wd-collapse-item title="一" name="a">内容</wd-collapse-item><wd-collapse-item title="二" name="b">内容</wd-collapse-item></wd-collapse>${value}`,
    data: `{ value: ['a'] }`,
    press: [{ tap: '.wd-collapse-item__header >> nth=1', then: '.value:has-text("b")' }],
  },
  {
    shows: ['config-provider'],
    template: '<wd-config-provider theme="dark"><wd-cell title="暗" /></wd-config-provider>',
  },
  { shows: ['count-down'], template: '<wd-count-down :time="108000000" />' },
  {
    shows: ['count-to', 'text'],
    template:
      '<wd-count-to :startVal="0" :endVal="2026" :duration="10" /><wd-text text="16354.156" mode="price" type="success" />',
  },
  {
    shows: ['curtain'],
    template: '<wd-curtain v-model="show" src="/static/a.png" :width="200" />',
    data: `{ show: true }`,
  },
  {
    shows: ['datetime-picker'],
    template: `<wd-datetime-picker v-model="day" label="时间" @confirm="value = 'confirmed'" />${value}`,
    data: `{ day: new Date(2026, 4, 5).getTime(), value: '' }`,
    press: [
      { tap: '.wd-datetime-picker__cell', then: '.wd-datetime-picker__action' },
      { tap: '.wd-datetime-picker__action >> nth=1', then: '.value:has-text("confirmed")' },
    ],
  },
  {
    shows: ['datetime-picker-view', 'picker-view'],
    template:
      '<wd-datetime-picker-view v-model="day" /><wd-picker-view v-model="city" :columns="cities" />',
    data: `{ day: new Date(2026, 4, 5).getTime(), city: '宁波', cities: ['杭州', '宁波', '温州'] }`,
  },
  {
    shows: ['divider', 'gap'],
    template: '<wd-divider>文字</wd-divider><wd-gap bg-color="#fff" />',
  },
  {
    shows: ['drop-menu', 'drop-menu-item'],
    template: `<wd-drop-menu><wd-drop-menu-item v-model="value" :options="options" /></wd-drop-menu>${value}`,
    data: `{ value: 0, options: [{ label: '全部', value: 0 }, { label: '新款', value: 1 }] }`,
    press: [
      { tap: '.wd-drop-menu__item', then: '.wd-drop-item__option' },
      { tap: '.wd-drop-item__option >> nth=1', then: '.value:has-text("1")' },
    ],
  },
  {
    shows: ['fab'],
    template:
      '<wd-fab type="primary" position="right-bottom" direction="top"><wd-button custom-class="inside" round>里</wd-button></wd-fab>',
    press: [{ tap: '.wd-fab__trigger', then: '.inside' }],
  },
  {
    shows: ['floating-panel'],
    template: '<wd-floating-panel><view>内容</view></wd-floating-panel>',
  },
  {
    shows: ['form', 'input'],
    template: `<wd-form ref="form" :model="model" :rules="rules"><wd-input label="姓名" prop="name" v-model="model.name" /></wd-form><wd-button custom-class="check" @click="check">交</wd-button>${value}`,
    data: `{ value: '', model: { name: '' }, rules: { name: [{ required: true, message: '请填写姓名' }] } }`,
    methods: `{ check() { this.$refs.form.validate().then(({ valid, errors }) => { this.value = valid ? 'valid' : errors[0].message }) } }`,
    press: [{ tap: '.check', then: '.value:has-text("请填写姓名")' }],
  },
  {
    shows: ['grid', 'grid-item'],
    template: `<wd-grid clickable :column="3"><wd-grid-item icon="picture" text="文字" @itemclick="value = 'clicked'" /><wd-grid-item icon="picture" text="点" is-dot /></wd-grid>${value}`,
    data: `{ value: '' }`,
    press: [{ tap: '.wd-grid-item__content', then: '.value:has-text("clicked")' }],
  },
  {
    shows: ['icon', 'loading'],
    template:
      '<wd-icon name="add-circle" size="22px" /><wd-loading type="ring" /><wd-loading type="outline" />',
  },
  { shows: ['img'], template: '<wd-img :width="100" :height="100" src="/static/a.png" round />' },
  {
    shows: ['img-cropper'],
    template: '<wd-img-cropper v-model="show" img-src="" />',
    data: `{ show: false }`,
  },
  {
    shows: ['index-bar', 'index-anchor'],
    template:
      '<view style="height: 500px"><wd-index-bar sticky><view v-for="letter in letters" :key="letter"><wd-index-anchor :index="letter" /><view style="height: 300px">{{ letter }}</view></view></wd-index-bar></view>',
    data: `{ letters: ['A', 'B', 'C'] }`,
  },
  {
    shows: ['input'],
    template:
      '<wd-input v-model="value" placeholder="请输入" clearable /><wd-input v-model="value" show-password /><wd-input v-model="value" type="number" :maxlength="6" show-word-limit />',
    data: `{ value: '字' }`,
  },
  {
    shows: ['input-number'],
    template: `<wd-input-number v-model="value" />${value}`,
    data: `{ value: 1 }`,
    press: [{ tap: '.wd-input-number__action >> nth=-1', then: '.value:has-text("2")' }],
  },
  {
    shows: ['keyboard'],
    template: `<wd-keyboard v-model="value" v-model:visible="show" />${value}`,
    data: `{ value: '', show: true }`,
    press: [{ tap: '.wd-key:has-text("5")', then: '.value:has-text("5")' }],
  },
  {
    shows: ['loadmore', 'status-tip'],
    template:
      '<wd-loadmore state="loading" /><wd-loadmore state="finished" /><wd-status-tip image="search" tip="没有内容" />',
  },
  { shows: ['message-box'], template: '<wd-message-box />' },
  {
    shows: ['navbar', 'navbar-capsule'],
    template:
      '<wd-navbar title="标题" left-text="返回" left-arrow right-text="按钮" /><wd-navbar :fixed="false"><template #capsule><wd-navbar-capsule /></template></wd-navbar>',
  },
  {
    shows: ['notice-bar'],
    template:
      '<wd-notice-bar text="一则通知，它长到需要滚动起来才能看完，所以会滚动" prefix="warn-bold" /><wd-notice-bar text="静" closable :scrollable="false" />',
  },
  { shows: ['notify', 'toast'], template: '<wd-notify /><wd-toast />' },
  {
    shows: ['number-keyboard', 'password-input'],
    template: `<wd-password-input v-model="value" :length="4" /><wd-number-keyboard v-model="value" v-model:visible="show" />${value}`,
    data: `{ value: '', show: true }`,
  },
  {
    shows: ['overlay'],
    template: `<view class="open" @click="show = true">打开</view><wd-overlay :show="show" @click="value = 'clicked'"><view class="inside">里</view></wd-overlay>${value}`,
    data: `{ show: false, value: '' }`,
    press: [
      { tap: '.open', then: '.inside' },
      { tap: '.inside', then: '.value:has-text("clicked")' },
    ],
  },
  {
    shows: ['pagination'],
    template: `<wd-pagination v-model="value" :total="190" show-icon />${value}`,
    data: `{ value: 1 }`,
    press: [{ tap: '.wd-pager__nav >> nth=1', then: '.value:has-text("2")' }],
  },
  {
    shows: ['picker'],
    template: `<wd-picker :columns="columns" label="城市" v-model="value" />${value}`,
    data: `{ value: '宁波', columns: ['杭州', '宁波'] }`,
    press: [{ tap: '.wd-picker__cell', then: '.wd-picker__action' }],
  },
  {
    shows: ['popover', 'tooltip'],
    template:
      '<wd-popover content="气泡"><wd-button>按</wd-button></wd-popover><wd-tooltip placement="bottom" content="提示"><wd-button>按</wd-button></wd-tooltip>',
  },
  {
    shows: ['popup'],
    template:
      '<view class="open" @click="show = true">打开</view><wd-popup v-model="show" position="bottom" closable custom-style="height: 200px"><view class="inside">里</view></wd-popup>',
    data: `{ show: false }`,
    press: [{ tap: '.open', then: '.inside' }],
  },
  {
    shows: ['progress'],
    template:
      '<wd-progress :percentage="60" /><wd-progress :percentage="100" hide-text status="success" />',
  },
  {
    shows: ['radio-group', 'radio'],
    template: `<wd-radio-group v-model="value"><wd-radio :value="1">一</wd-radio><wd-radio :value="2" shape="dot">二</wd-radio></wd-radio-group>${value}`,
    data: `{ value: 1 }`,
    press: [{ tap: '.wd-radio >> nth=1', then: '.value:has-text("2")' }],
  },
  {
    shows: ['rate'],
    template: `<wd-rate v-model="value" />${value}`,
    data: `{ value: 2 }`,
    press: [{ tap: '.wd-rate__item >> nth=3', then: '.value:has-text("4")' }],
  },
  {
    shows: ['resize', 'root-portal'],
    template:
      '<wd-resize><view style="width: 100px; height: 50px">内容</view></wd-resize><wd-root-portal><view>上</view></wd-root-portal>',
  },
  {
    shows: ['search'],
    template: `<wd-search v-model="word" @cancel="value = 'cancelled'" />${value}`,
    data: `{ word: '字', value: '' }`,
    press: [{ tap: '.wd-search__cancel', then: '.value:has-text("cancelled")' }],
  },
  {
    shows: ['segmented'],
    template: `<wd-segmented :options="options" v-model:value="value" />${value}`,
    data: `{ value: '评论', options: ['评论', '点赞'] }`,
    press: [{ tap: '.wd-segmented__item >> nth=1', then: '.value:has-text("点赞")' }],
  },
  {
    shows: ['select-picker'],
    template: '<wd-select-picker label="选择" v-model="value" :columns="columns" />',
    data: `{ value: [], columns: [{ value: '1', label: '一' }, { value: '2', label: '二' }] }`,
    press: [{ tap: '.wd-select-picker__cell', then: '.wd-checkbox' }],
  },
  {
    shows: ['sidebar', 'sidebar-item'],
    template: `<wd-sidebar v-model="value"><wd-sidebar-item :value="0" label="一" /><wd-sidebar-item :value="1" label="二" is-dot /></wd-sidebar>${value}`,
    data: `{ value: 0 }`,
    press: [{ tap: '.wd-sidebar-item >> nth=1', then: '.value:has-text("1")' }],
  },
  { shows: ['signature'], template: '<wd-signature :width="300" :height="150" />' },
  {
    shows: ['skeleton'],
    template:
      '<wd-skeleton theme="paragraph" /><wd-skeleton :row-col="[{ size: \'48px\', type: \'circle\' }]" animation="gradient" />',
  },
  { shows: ['slide-verify'], template: '<wd-slide-verify />' },
  {
    shows: ['slider'],
    template: '<wd-slider v-model="value" /><wd-slider v-model="range" />',
    data: `{ value: 30, range: [20, 60] }`,
  },
  {
    shows: ['sort-button'],
    template: `<wd-sort-button v-model="value" title="价格" />${value}`,
    data: `{ value: 1 }`,
    press: [{ tap: '.wd-sort-button', then: '.value:has-text("-1")' }],
  },
  {
    shows: ['steps', 'step'],
    template:
      '<wd-steps :active="1" align-center><wd-step title="一" description="说明" /><wd-step title="二" /></wd-steps>',
  },
  {
    shows: ['sticky', 'sticky-box'],
    template:
      '<wd-sticky :offset-top="50"><view>粘住</view></wd-sticky><wd-sticky-box><view style="height: 300px"><wd-sticky><view>粘在里面</view></wd-sticky></view></wd-sticky-box><view style="height: 2000px" />',
  },
  {
    shows: ['swipe-action'],
    template:
      '<wd-swipe-action><wd-cell title="左滑" /><template #right><view class="delete">删除</view></template></wd-swipe-action>',
  },
  {
    shows: ['swiper'],
    template:
      '<wd-swiper :list="list" v-model:current="current" :autoplay="false" :indicator="{ type: \'dots-bar\' }" />',
    data: `{ list: ['/static/a.png', '/static/b.png'], current: 0 }`,
  },
  {
    shows: ['switch'],
    template: `<wd-switch v-model="value" />${value}`,
    data: `{ value: false }`,
    press: [{ tap: '.wd-switch', then: '.value:has-text("true")' }],
  },
  {
    shows: ['tabbar', 'tabbar-item'],
    template: `<wd-tabbar v-model="value"><wd-tabbar-item title="首页" icon="home" /><wd-tabbar-item title="分类" icon="cart" is-dot /></wd-tabbar>${value}`,
    data: `{ value: 0 }`,
    press: [{ tap: '.wd-tabbar-item >> nth=1', then: '.value:has-text("1")' }],
  },
  {
    shows: ['table', 'table-col'],
    template:
      '<wd-table :data="rows"><wd-table-col prop="name" label="姓名" /><wd-table-col prop="school" label="学校" sortable /></wd-table>',
    data: `{ rows: [{ name: '李雷', school: '一中' }, { name: '韩梅梅', school: '二中' }] }`,
  },
  {
    shows: ['tabs', 'tab'],
    template: `<wd-tabs v-model="value" swipeable animated><wd-tab title="一">内容一</wd-tab><wd-tab title="二">内容二</wd-tab></wd-tabs>${value}`,
    data: `{ value: 0 }`,
    press: [{ tap: '.wd-tabs__nav-item >> nth=1', then: '.value:has-text("1")' }],
  },
  {
    shows: ['tag'],
    template: '<wd-tag type="primary">标签</wd-tag><wd-tag closable round>可关</wd-tag>',
  },
  {
    shows: ['textarea'],
    template:
      '<wd-textarea v-model="value" placeholder="请输入" :maxlength="120" show-word-limit auto-height clearable />',
    data: `{ value: '字' }`,
  },
  {
    shows: ['tour'],
    template: '<view id="first">内容</view><wd-tour :model-value="false" :steps="steps" />',
    data: `{ steps: [{ element: '#first', content: '说明' }] }`,
  },
  {
    shows: ['transition'],
    template:
      '<view class="open" @click="show = true">打开</view><wd-transition :show="show" name="fade-up"><view class="inside">里</view></wd-transition>',
    data: `{ show: false }`,
    press: [{ tap: '.open', then: '.inside' }],
  },
  {
    shows: ['upload'],
    template: '<wd-upload v-model:file-list="files" action="https://example.com/upload" />',
    data: `{ files: [{ url: '/static/a.png' }] }`,
  },
  { shows: ['watermark'], template: '<wd-watermark content="水印" :width="130" />' },
]
