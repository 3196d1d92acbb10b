import type { DefaultTheme } from 'vitepress'

export const english = {
  nav: [
    { text: 'Guides', link: '/guide/start', activeMatch: '^/guide/' },
    { text: 'Reference', link: '/client', activeMatch: '^/(?!guide/|backends/|$)' },
    { text: 'Backends', link: '/backends/', activeMatch: '^/backends/' },
  ],
  sidebar: [
    {
      text: 'Guides',
      items: [
        { text: 'Book from a page', link: '/guide/start' },
        { text: 'My backend speaks differently', link: '/guide/backends' },
        { text: 'Check your own backend', link: '/guide/conform' },
        { text: 'I have a request library', link: '/guide/request-layers' },
        { text: 'Ask the user for something', link: '/guide/prompts' },
        { text: 'Sign in without WeChat', link: '/guide/sign-in' },
        { text: 'Pages that need sign-in', link: '/guide/sign-in-pages' },
        { text: 'Fill a form with the keyboard', link: '/guide/forms' },
        { text: 'Say what went wrong', link: '/guide/errors' },
        { text: 'What you need not write', link: '/guide/guarantees' },
        { text: 'Try it without a phone', link: '/guide/simulator' },
        { text: 'In an HBuilderX project', link: '/guide/uni-modules' },
        { text: 'Run the backend in production', link: '/guide/deploy' },
      ],
    },
    {
      text: 'Reference',
      items: [
        { text: 'The client', link: '/client' },
        { text: 'Errors', link: '/errors' },
        { text: 'Guarantees', link: '/guarantees' },
        { text: 'When the host is at fault', link: '/host-faults' },
        { text: 'The wire contract', link: '/protocol' },
        { text: 'The reference backend', link: '/backend' },
        { text: 'The simulator', link: '/project/simulator' },
        { text: 'Commands and variables', link: '/commands' },
      ],
    },
    {
      text: 'Backends',
      collapsed: true,
      items: [
        { text: 'Overview', link: '/backends/' },
        { text: 'RuoYi-Vue-Plus', link: '/backends/ruoyi-vue-plus' },
        { text: 'unibest', link: '/backends/unibest' },
        { text: 'JeecgBoot', link: '/backends/jeecgboot' },
        { text: 'yudao (ruoyi-vue-pro)', link: '/backends/yudao' },
        { text: 'Laravel Sanctum', link: '/backends/laravel-sanctum' },
        { text: 'Express', link: '/backends/express' },
        { text: 'NestJS', link: '/backends/nestjs' },
        { text: 'ASP.NET Core', link: '/backends/aspnet-core' },
        { text: 'Spring Security', link: '/backends/spring-security' },
      ],
    },
    {
      text: 'The project',
      collapsed: true,
      items: [
        { text: 'Architecture', link: '/architecture' },
        { text: 'Contributing', link: '/project/contributing' },
        { text: 'On real phones', link: '/qa' },
        { text: 'Changes', link: '/project/changes' },
        { text: 'Security', link: '/project/security' },
        { text: 'Threat model', link: '/threat-model' },
        { text: 'Mutation tests', link: '/mutation' },
      ],
    },
  ],
  outline: { level: [2, 3] },
} satisfies DefaultTheme.Config
