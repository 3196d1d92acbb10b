import type { DefaultTheme } from 'vitepress'

export const chinese = {
  nav: [
    { text: '指南', link: '/zh/guide/start', activeMatch: '^/zh/guide/' },
    { text: '参考（英文）', link: '/zh/client', activeMatch: '^/zh/(?!guide/|backends/|$)' },
    { text: '后端', link: '/zh/backends/', activeMatch: '^/zh/backends/' },
  ],
  sidebar: [
    {
      text: '指南',
      items: [
        { text: '在页面里提交预约', link: '/zh/guide/start' },
        { text: '后端的约定不同', link: '/zh/guide/backends' },
        { text: '已经有请求库', link: '/zh/guide/request-layers' },
        { text: '向用户请求授权', link: '/zh/guide/prompts' },
        { text: '只用键盘填表单', link: '/zh/guide/forms' },
        { text: '出错时怎么说', link: '/zh/guide/errors' },
        { text: '哪些代码不用写', link: '/zh/guide/guarantees' },
        { text: '不用手机也能试', link: '/zh/guide/simulator' },
        { text: '在 HBuilderX 项目里用', link: '/zh/guide/uni-modules' },
      ],
    },
    {
      text: '参考（英文）',
      items: [
        { text: '客户端', link: '/zh/client' },
        { text: '错误码', link: '/zh/errors' },
        { text: '客户端的保证', link: '/zh/guarantees' },
        { text: '协议', link: '/zh/protocol' },
        { text: '参考后端', link: '/zh/backend' },
        { text: '模拟器', link: '/zh/project/simulator' },
        { text: '命令和环境变量', link: '/zh/commands' },
      ],
    },
    {
      text: '各种后端的方言',
      collapsed: true,
      items: [
        { text: '一览', link: '/zh/backends/' },
        { text: '若依 RuoYi-Vue-Plus', link: '/zh/backends/ruoyi-vue-plus' },
        { text: 'unibest', link: '/zh/backends/unibest' },
        { text: 'JeecgBoot', link: '/zh/backends/jeecgboot' },
        { text: '芋道 yudao', link: '/zh/backends/yudao' },
        { text: 'Laravel Sanctum', link: '/zh/backends/laravel-sanctum' },
        { text: 'Express', link: '/zh/backends/express' },
        { text: 'NestJS', link: '/zh/backends/nestjs' },
        { text: 'ASP.NET Core', link: '/zh/backends/aspnet-core' },
        { text: 'Spring Security', link: '/zh/backends/spring-security' },
      ],
    },
    {
      text: '项目（英文）',
      collapsed: true,
      items: [
        { text: '架构', link: '/zh/architecture' },
        { text: '参与贡献', link: '/zh/project/contributing' },
        { text: '真机检查', link: '/zh/qa' },
        { text: '更新记录', link: '/zh/project/changes' },
        { text: '安全', link: '/zh/project/security' },
      ],
    },
  ],
  outline: { level: [2, 3], label: '本页内容' },
  docFooter: { prev: '上一页', next: '下一页' },
  darkModeSwitchLabel: '外观',
  lightModeSwitchTitle: '切换到浅色',
  darkModeSwitchTitle: '切换到深色',
  sidebarMenuLabel: '目录',
  returnToTopLabel: '回到顶部',
  langMenuLabel: '切换语言',
  skipToContentLabel: '跳到正文',
  notFound: {
    title: '没有这个页面',
    quote: '地址可能写错了，或者页面已经移走。',
    linkText: '回到首页',
    linkLabel: '回到首页',
  },
} satisfies DefaultTheme.Config
