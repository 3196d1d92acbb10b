import type { Texts } from './texts'

export const zhHans: Texts = {
  help: `用法：watchword init [--yes] [--dry-run]

把 watchword 加进当前目录的 uni-app 项目：在 pages.json（或 pages.config.ts）里加上 easycom 规则和授权提示页，
新建 auth.ts，在 main.ts 里安装插件。写入之前先列出改动并询问。只增加行，文件里原有的内容一概不动。

  -y, --yes      不询问，直接写入
  --dry-run      只列出改动，不写入
  -h, --help     显示这段说明

退出码：0 全部就绪；1 没有写入；2 用法错误；3 还有几行需要手动添加。
`,
  wouldChange: 'watchword init 将作以下改动：',
  confirm: (count) => `写入 ${count} 个文件？(y/N) `,
  yes: ['y', 'yes', '是'],
  done: (count) => `已写入 ${count} 个文件。`,
  allThere: '这个项目已经装好 watchword，无需改动。',
  unchanged: '没有写入任何文件。',
  notAsked: '没有可以询问的终端，因此没有写入任何文件。加上 --yes 即可写入。',
  byHand: '请手动添加这几行：',
  reason(reason) {
    switch (reason.code) {
      case 'conditional':
        return '这里在条件编译（#ifdef）中，只对部分平台有效'
      case 'no_pages':
        return '还没有任何页面，请先建好应用的首页'
      case 'not_literal':
        return '这个值不是直接写出来的'
      case 'component_taken':
        return '已有 easycom 规则用了同名组件'
      case 'no_app':
        return '没有找到唯一的 const app = createSSRApp(App)'
      case 'pinia_elsewhere':
        return `${reason.where} 里创建了 Pinia，请把 app.use(…) 加在安装 Pinia 之后`
      case 'name_taken':
        return `名称 ${reason.name} 已有别的用途，请换个名称导入`
      case 'pages_elsewhere':
        return '页面在别的目录里，请把这个文件建在那里，并相应修改 promptPage'
    }
  },
  steps: '还需要您完成：',
  step(step) {
    switch (step.do) {
      case 'install':
        return `安装缺少的包：${step.command}`
      case 'set_api_base':
        return `在 ${step.file} 里设置后端地址：VITE_API_BASE=http://127.0.0.1:3000`
      case 'name_app':
        return `在 ${step.file} 的 promptPage 旁边加上 appName: '…'，授权提示会显示这个名称。`
      case 'place_sheet':
        return '在会发请求的页面上放 <AuthSheet />，授权提示就以半屏窗口出现在本页。'
      case 'build_twice':
        return `编译两次（开发时重新启动一次）：第一次才会根据 ${step.config} 写出 pages.json，而 uni-app 在那之前已经读过 easycom 规则。`
    }
  },
  docs: '发送请求的方法见 node_modules/watchword/README.zh-CN.md',
  problem(problem) {
    switch (problem.code) {
      case 'no_project':
        return '当前目录不是 uni-app 项目。请在 package.json 所在的目录执行 watchword init；它会在 src/ 或当前目录里找 main.ts（或 main.js）和 pages.json。'
      case 'vue_2':
        return `${problem.path} 表明这是 Vue 2 项目，watchword 需要 Vue 3。`
      case 'unreadable':
        return `${problem.path} 第 ${problem.line} 行第 ${problem.column} 列有语法错误。请改正后再执行 watchword init。`
      case 'not_utf8':
        return `${problem.path} 不是 UTF-8 编码。请存为 UTF-8 后再执行 watchword init。`
      case 'changed_meanwhile':
        return `${problem.path} 刚才被改动过，请再执行一次 watchword init。`
      case 'not_written':
        return `${problem.path} 无法写入。所有文件都保持原样。`
    }
  },
}
