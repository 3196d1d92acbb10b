import { opens, type Sample } from '../support/sample'

/** How long after it is ready a dialogue hides, in case it was shown (`_showChange` in its code), in ms. */
const hidesAfter = 300

/** WeUI for mini-programs (https://wechat-miniprogram.github.io/weui/docs). */
export const weui: readonly Sample[] = [
  {
    shows: ['actionsheet'],
    readyAfter: hidesAfter,
    template: `${opens}<mp-actionsheet bindactiontap="note" show="{{ show }}" actions="{{ groups }}" title="标题" />`,
    data: `{ groups: [{ text: '一', value: 1 }, { text: '删除', type: 'warn', value: 2 }] }`,
    press: [
      { tap: '.open', then: '.weui-actionsheet__cell' },
      { tap: '.weui-actionsheet__cell >> nth=0', then: '.value:has-text("actiontap")' },
    ],
  },
  { shows: ['badge'], template: '<mp-badge content="New" /><mp-badge />' },
  {
    shows: ['cells', 'cell'],
    template:
      '<mp-cells title="一组" footer="说明"><mp-cell value="标题" footer="内容" hover link bindtap="note" /></mp-cells>',
    press: [{ tap: '.weui-cell', then: '.value:has-text("tap")' }],
  },
  {
    shows: ['checkbox-group', 'checkbox', 'cells'],
    template:
      '<mp-cells><mp-checkbox-group prop="checkbox" multi="{{ true }}" bindchange="note"><mp-checkbox wx:for="{{ items }}" wx:key="value" label="{{ item.name }}" value="{{ item.value }}" checked="{{ item.checked }}" /></mp-checkbox-group></mp-cells>',
    data: `{ items: [{ name: '一', value: '0', checked: true }, { name: '二', value: '1' }] }`,
    press: [{ tap: '.weui-check__label >> nth=1', then: '.value:has-text("change")' }],
  },
  {
    shows: ['dialog'],
    readyAfter: hidesAfter,
    template: `${opens}<mp-dialog title="标题" show="{{ show }}" buttons="{{ buttons }}" bindbuttontap="note"><view>内容</view></mp-dialog>`,
    data: `{ buttons: [{ text: '不' }, { text: '好' }] }`,
    press: [
      { tap: '.open', then: '.weui-dialog__btn' },
      { tap: '.weui-dialog__btn >> nth=1', then: '.value:has-text("好")' },
    ],
  },
  {
    shows: ['form', 'form-page', 'cells', 'cell'],
    template:
      '<mp-form-page title="标题" subtitle="说明"><mp-form id="form" rules="{{ rules }}" models="{{ form }}"><mp-cells><mp-cell prop="name" title="姓名"><input placeholder="请输入" /></mp-cell></mp-cells></mp-form><view slot="button"><button class="check" bindtap="check">交</button></view></mp-form-page>',
    data: `{ form: { name: '' }, rules: [{ name: 'name', rules: { required: true, message: '请填写姓名' } }] }`,
    methods: `{ check() { this.selectComponent('#form').validate((valid, errors) => this.setData({ value: errors ? errors[0].message : 'valid' })) } }`,
    press: [{ tap: '.check', then: '.value:has-text("请填写姓名")' }],
  },
  {
    shows: ['gallery'],
    readyAfter: hidesAfter,
    template: `${opens}<mp-gallery show="{{ show }}" img-urls="{{ ['/a.png', '/b.png'] }}" current="{{ 0 }}" />`,
    press: [{ tap: '.open', then: '.weui-gallery' }],
  },
  {
    shows: ['grids'],
    template: '<mp-grids grids="{{ grids }}" />',
    data: `{ grids: [{ imgUrl: '/a.png', url: '/pages/badge/index', text: '一' }] }`,
  },
  {
    shows: ['half-screen-dialog'],
    readyAfter: hidesAfter,
    template: `${opens}<mp-half-screen-dialog show="{{ show }}" title="标题" sub-title="说明" desc="内容" tips="提示" buttons="{{ buttons }}" bindbuttontap="note" />`,
    data: `{ buttons: [{ type: 'default', text: '不' }, { type: 'primary', text: '好' }] }`,
    press: [
      { tap: '.open', then: '.weui-half-screen-dialog' },
      { tap: '.weui-btn >> nth=1', then: '.value:has-text("buttontap")' },
    ],
  },
  {
    shows: ['icon'],
    template: '<mp-icon icon="album" color="black" size="{{ 25 }}" type="field" />',
  },
  {
    shows: ['loading'],
    lostPicture: '/_assets/loading-icon.1d274d77.svg',
    template:
      '<mp-loading type="dot-gray" /><mp-loading type="circle" show animated duration="{{ 900 }}" tips="加载中" />',
  },
  {
    shows: ['msg'],
    template:
      '<mp-msg type="success" title="操作成功"><view slot="desc">说明</view><view slot="handle"><button>好</button></view></mp-msg>',
  },
  {
    shows: ['navigation-bar'],
    template: '<mp-navigation-bar title="标题" back="{{ true }}" show loading="{{ false }}" />',
  },
  {
    shows: ['searchbar'],
    template: '<mp-searchbar placeholder="搜索" search="{{ search }}" bindselectresult="note" />',
    data: `{ search: (text) => Promise.resolve([{ text: text + '一', value: 1 }]) }`,
    press: [{ tap: '.weui-search-bar__label', then: '.weui-search-bar__cancel-btn' }],
  },
  {
    shows: ['slideview', 'cell'],
    template:
      '<mp-slideview buttons="{{ buttons }}" bindbuttontap="note"><mp-cell value="左滑" /></mp-slideview>',
    data: `{ buttons: [{ text: '普通' }, { text: '删除', type: 'warn' }] }`,
  },
  {
    shows: ['tabbar'],
    template: '<mp-tabbar list="{{ list }}" bindchange="note" />',
    data: `{ list: [{ text: '一', iconPath: '/a.png', selectedIconPath: '/b.png', dot: true }, { text: '二', iconPath: '/a.png', selectedIconPath: '/b.png', badge: 'New' }] }`,
    press: [{ tap: '.weui-tabbar__item >> nth=1', then: '.value:has-text("change")' }],
  },
  {
    shows: ['toptips'],
    template: `${opens}<mp-toptips msg="出错" type="error" show="{{ show }}" delay="{{ 60000 }}" />`,
    press: [{ tap: '.open', then: '.weui-toptips:has-text("出错")' }],
  },
  {
    shows: ['uploader', 'cells', 'cell'],
    template:
      '<mp-cells><mp-cell><mp-uploader files="{{ files }}" max-count="{{ 3 }}" title="图片" tips="说明" select="{{ select }}" upload="{{ upload }}" /></mp-cell></mp-cells>',
    data: `{ files: [{ url: '/a.png' }], select: () => true, upload: () => Promise.resolve({ urls: [] }) }`,
  },
]
