import fs from 'node:fs'
import path from 'node:path'

/** Frameworks by their package, and how their projects are compiled for WeChat. */
const frameworks: readonly [name: string, packageName: string, advice: string][] = [
  ['uni-app', '@dcloudio/uni-app', 'npm run build:mp-weixin, which writes dist/build/mp-weixin'],
  ['Taro', '@tarojs/taro', 'npm run build:weapp, which writes dist'],
  ['mpx', '@mpxjs/core', 'npm run build, which writes dist/wx'],
  ['WePY', '@wepy/core', 'npm run build, which writes weapp'],
  ['WePY', 'wepy', 'npm run build, which writes dist'],
  ['mpvue', 'mpvue', 'npm run build, which writes dist/wx'],
  ['Remax', '@remax/wechat', 'npm run build wechat, which writes dist/wechat'],
  ['Remax', 'remax', 'npm run build wechat, which writes dist/wechat'],
]

/** Where tools usually put what they compile for WeChat. */
const outputs = [
  'dist/build/mp-weixin',
  'dist/dev/mp-weixin',
  'unpackage/dist/build/mp-weixin',
  'unpackage/dist/dev/mp-weixin',
  'dist/wx',
  'dist/weapp',
  'dist/wechat',
  'dist',
  'miniprogram',
  'weapp',
  'src',
  'example',
  'demo',
]

/** Other vendors' mini-programs have app.json as well, and templates with other endings. */
const foreignEndings: ReadonlyMap<string, string> = new Map([
  ['.axml', 'Alipay'],
  ['.swan', 'Baidu'],
  ['.ttml', 'Douyin'],
  ['.ksml', 'Kuaishou'],
  ['.qml', 'QQ'],
])

function packagesOf(folder: string): Record<string, unknown> {
  try {
    const text = fs.readFileSync(path.join(folder, 'package.json'), 'utf8')
    const { dependencies, devDependencies } = JSON.parse(text) as Record<string, object | undefined>
    return { ...dependencies, ...devDependencies }
  } catch {
    return {}
  }
}

/**
 * What a folder is instead of a mini-program, as far as it can be guessed, and what to do; `root` is
 * where its app.json should be.
 */
export function describeOther(folder: string, root = folder): string {
  const has = (file: string) => fs.existsSync(path.join(folder, file))
  const output = outputs.find((one) => has(`${one}/app.json`))
  if (output) return `open the folder ${output} in it, which has one`
  const packages = packagesOf(folder)
  const framework = frameworks.find(([, packageName]) => packageName in packages)
  if (framework) {
    const [name, , advice] = framework
    return `this is the source of a ${name} project: compile it for mp-weixin first (${advice})`
  }
  if (has('pages.json') || has('src/pages.json'))
    return 'this is the source of a uni-app project: compile it for mp-weixin first (in HBuilderX: 运行 › 运行到小程序模拟器, which writes unpackage/dist/dev/mp-weixin)'
  if (has('src/app.config.ts') || has('src/app.config.js'))
    return 'this is the source of a Taro project: compile it for mp-weixin first (npm run build:weapp)'
  if (has('app.wpy') || has('src/app.wpy') || has('src/app.mpx'))
    return 'this is the source of a mini-program: compile it for mp-weixin first'
  if (has('game.json')) return 'this is a mini-game, which the simulator does not run'
  if (has('plugin.json')) return 'this is a plugin; open the mini-program that uses it'
  if (has('index.html')) return 'this was compiled for H5, not for mp-weixin'
  if (root !== folder)
    return 'project.config.json has the output there (miniprogramRoot): compile the project first'
  return 'this is no compiled mini-program'
}

/** The vendor that a mini-program was compiled for, where that is not WeChat. */
export function otherVendor(files: ReadonlySet<string>): string | undefined {
  if ([...files].some((file) => file.endsWith('.wxml'))) return undefined
  for (const file of files) {
    const vendor = foreignEndings.get(path.posix.extname(file))
    if (vendor) return vendor
  }
  return undefined
}
