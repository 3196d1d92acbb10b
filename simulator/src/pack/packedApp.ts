import type { Insertion } from '../loopGuard'
import type { PackProblem } from './problem'

/** What `window` and a page's own JSON may say of the bars around a page. */
export interface WindowConfig {
  navigationBarTitleText?: string
  navigationBarBackgroundColor?: string
  /** `black`, `white`, or an `@name` of theme.json. */
  navigationBarTextStyle?: string
  navigationStyle?: 'default' | 'custom'
  /** Behind the dots of a page that is pulled down. */
  backgroundColor?: string
  backgroundTextStyle?: string
  enablePullDownRefresh?: boolean
}

/** A page's or component's JSON. */
export interface ComponentConfig extends WindowConfig {
  component?: boolean
  /** Components that the user of this one chooses, and what they are otherwise. */
  componentGenerics?: Record<string, boolean | { default?: string }>
  usingComponents?: Record<string, string>
  styleIsolation?: string
  /** What draws the page: `webview` or `skyline`. */
  renderer?: string
}

/** One entry of the tab bar. */
export interface TabItem {
  pagePath: string
  text: string
  iconPath?: string
  selectedIconPath?: string
}

/** app.json, as far as it matters here. */
export interface AppConfig {
  pages: string[]
  subPackages?: { root: string; pages: string[] }[]
  window?: WindowConfig
  tabBar?: {
    list: TabItem[]
    /** The app draws it itself, by the component `custom-tab-bar/index`. */
    custom?: boolean
    color?: string
    selectedColor?: string
    backgroundColor?: string
  }
  usingComponents?: Record<string, string>
  /** As of a page; for all of them. */
  renderer?: string
  /** The app is fit for a dark phone; its colours may be `@name`s of `themeLocation`. */
  darkmode?: boolean
  themeLocation?: string
  /** Paths that stand for others; see `resolve.ts`. */
  resolveAlias?: Record<string, string>
  /** What is in `themeLocation`, by theme and name. */
  themes?: Partial<Record<'light' | 'dark', Record<string, string>>>
  /** Why a scope is asked for. */
  permission?: Record<string, { desc?: string }>
  requiredPrivateInfos?: string[]
  __usePrivacyCheck__?: boolean
  networkTimeout?: { request?: number; uploadFile?: number; downloadFile?: number }
}

/** What WeChat's dialogues call the mini-program, and the file that says so. */
export interface AppName {
  text: string
  source: 'project.private.config.json' | 'project.config.json' | 'app.json'
}

/** A compiled mini-program in the form the runtime reads. Paths have neither `/` in front nor an ending. */
export interface PackedApp {
  appId: string
  /** Absent where no file names it. */
  name?: AppName
  config: AppConfig
  /** Every page, those of sub-packages included; the first is where the app starts. */
  pages: string[]
  /** JSON of every page and component. */
  components: Record<string, ComponentConfig>
  /** JavaScript by file name, with its ending; its loops are guarded. */
  modules: Record<string, string>
  /**
   * WXS by file name: `a.wxs`, or `a.wxml#module` for a module inside a template; its loops are
   * guarded.
   */
  scripts: Record<string, string>
  /** CSS of the app (`app`), of pages and of components. */
  styles: Record<string, string>
  /** The class prefix that keeps a component's styles to itself. */
  stylePrefixes: Record<string, string>
  /**
   * JavaScript source of the compiled templates: a function that takes the runtime's part of WXS and
   * returns a template for each path, made when it is first used.
   */
  templates: string
  /** What stays with the host. */
  host: {
    /** The folder with app.json. */
    root: string
    /** Folders of packages (`miniprogram_npm/name`), and where they are. */
    packages: Readonly<Record<string, string>>
    /** Maps of what was compiled here, by the compiled file. */
    sourceMaps: Readonly<Record<string, string>>
    /** What was put into files to end loops that do not; see `loopGuard.ts`. */
    insertions: Readonly<Record<string, readonly Insertion[]>>
  }
  /** What is wrong with single files. */
  problems: PackProblem[]
}
