import { value, type Sample } from '../../support/sample'

/** Components that show something or lead somewhere. */
export const display: readonly Sample[] = [
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
    shows: ['row', 'col'],
    template:
      '<wd-row :gutter="20"><wd-col :span="8"><view>8</view></wd-col><wd-col :span="8" :offset="4"><view>8</view></wd-col></wd-row>',
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
    shows: ['divider', 'gap'],
    template: '<wd-divider>文字</wd-divider><wd-gap bg-color="#fff" />',
  },
  {
    shows: ['fab'],
    template:
      '<wd-fab type="primary" position="right-bottom" direction="top"><wd-button custom-class="inside" round>里</wd-button></wd-fab>',
    press: [{ tap: '.wd-fab__trigger', then: '.inside' }],
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
    shows: ['index-bar', 'index-anchor'],
    template:
      '<view style="height: 500px"><wd-index-bar sticky><view v-for="letter in letters" :key="letter"><wd-index-anchor :index="letter" /><view style="height: 300px">{{ letter }}</view></view></wd-index-bar></view>',
    data: `{ letters: ['A', 'B', 'C'] }`,
  },
  {
    shows: ['navbar', 'navbar-capsule'],
    template:
      '<wd-navbar title="标题" left-text="返回" left-arrow right-text="按钮" /><wd-navbar :fixed="false"><template #capsule><wd-navbar-capsule /></template></wd-navbar>',
  },
  {
    shows: ['pagination'],
    template: `<wd-pagination v-model="value" :total="190" show-icon />${value}`,
    data: `{ value: 1 }`,
    press: [{ tap: '.wd-pager__nav >> nth=1', then: '.value:has-text("2")' }],
  },
  {
    shows: ['resize', 'root-portal'],
    template:
      '<wd-resize><view style="width: 100px; height: 50px">内容</view></wd-resize><wd-root-portal><view>上</view></wd-root-portal>',
  },
  {
    shows: ['segmented'],
    template: `<wd-segmented :options="options" v-model:value="value" />${value}`,
    data: `{ value: '评论', options: ['评论', '点赞'] }`,
    press: [{ tap: '.wd-segmented__item >> nth=1', then: '.value:has-text("点赞")' }],
  },
  {
    shows: ['sidebar', 'sidebar-item'],
    template: `<wd-sidebar v-model="value"><wd-sidebar-item :value="0" label="一" /><wd-sidebar-item :value="1" label="二" is-dot /></wd-sidebar>${value}`,
    data: `{ value: 0 }`,
    press: [{ tap: '.wd-sidebar-item >> nth=1', then: '.value:has-text("1")' }],
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
    shows: ['swiper'],
    template:
      '<wd-swiper :list="list" v-model:current="current" :autoplay="false" :indicator="{ type: \'dots-bar\' }" />',
    data: `{ list: ['/static/a.png', '/static/b.png'], current: 0 }`,
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
  { shows: ['watermark'], template: '<wd-watermark content="水印" :width="130" />' },
]
