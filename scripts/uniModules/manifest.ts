import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Writes the module's package.json. Its fields and their values are those of
 * https://uniapp.dcloud.net.cn/plugin/uni_modules.html#package-json. What is not known to work is left out,
 * which means "uncertain" there. CONTRIBUTING.md lists what the owner fills in.
 */
export async function writeModuleManifest(folder: string, id: string): Promise<void> {
  const root = JSON.parse(await readFile('package.json', 'utf8')) as Record<string, unknown>
  const manifest = {
    id,
    displayName: '口令：微信小程序登录',
    version: root.version,
    description: '请求照常发送，遇到 401 时统一登录一次，或用半屏窗口请用户授权，再自动重发',
    keywords: ['登录', '微信小程序', '手机号', '授权', '请求'],
    license: root.license,
    repository: root.repository ?? '',
    sideEffects: root.sideEffects,
    // The first with Vue 3.4.21. Its Pinia is the built-in one.
    engines: { HBuilderX: '^4.14.0', 'uni-app': '^4.14.0' },
    dcloudext: {
      type: 'sdk-js',
      sale: { regular: { price: '0.00' }, sourcecode: { price: '0.00' } },
      contact: { qq: '' },
      declaration: {
        ads: '无',
        data: '插件自身不采集数据。用户同意授权后，手机号凭证、头像和昵称只发送到应用自己配置的后端，登录状态保存在本机',
        permissions: '无',
      },
      npmurl: '',
      darkmode: '√',
      i18n: '√',
    },
    uni_modules: {
      dependencies: [],
      encrypt: [],
      platforms: {
        client: {
          'uni-app': {
            vue: { vue2: 'x', vue3: '√' },
            web: { chrome: '√' },
            mp: { weixin: '√' },
          },
        },
      },
    },
  }
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** Writes what HBuilderX adds to the app's `pages.json` when it imports the module. */
export async function writePages(folder: string, id: string): Promise<void> {
  const pages = [{ path: `uni_modules/${id}/pages/prompt-page/prompt-page` }]
  await writeFile(join(folder, 'pages_init.json'), `${JSON.stringify({ pages }, null, 2)}\n`)
}
