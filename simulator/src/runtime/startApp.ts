import type { Language } from '../wire'
import { explainBlankScreen } from './blankNotice'
import type { Definitions } from './definitions'
import { drawErrorPage } from './errorPage'
import type { Lifecycle } from './lifecycle'
import type { LoadedApp } from './loadedApp'
import type { ModuleLoader } from './modules'
import type { PageStack } from './pageStack'
import type { ProblemReports } from './problems'

/** The parts that an app is started with. */
export interface StartedParts {
  app: LoadedApp
  /** The page to start with. */
  url: string
  language: Language
  modules: ModuleLoader
  definitions: Definitions
  lifecycle: Lifecycle
  pages: PageStack
  problems: ProblemReports
}

/** What a person has to know (WeChat: Skyline 渲染引擎 › 差异). */
const skylineDifferences =
  'pages that ask for Skyline are drawn as WebView draws them: they scroll by themselves and have ' +
  'all of CSS, and worklets, shared elements and gesture components do nothing'

/** Runs the app in WeChat's order: app.js, the files of its pages, `onLaunch`, the first page. */
export function startApp(parts: StartedParts): void {
  const { app, url, language, modules, definitions, lifecycle, pages, problems } = parts
  /** What one step throws must not keep the others from being tried. */
  const attempt = (step: () => void) => {
    try {
      step()
    } catch (error) {
      problems.onError(error)
    }
  }
  const configs = [app.config, ...app.pages.map((page) => app.components[page])]
  if (configs.some((config) => config?.renderer === 'skyline'))
    problems.onMissing('Skyline', skylineDifferences)
  for (const { file, message } of app.problems) problems.onBrokenFile(file, message)
  attempt(() => modules.load('app.js'))
  for (const page of app.config.pages) definitions.define(page)
  attempt(() => lifecycle.launch())
  explainBlankScreen(
    document.querySelector<HTMLElement>('#simulator-pages')!,
    language,
    () => problems.firstError,
  )
  try {
    pages.start(url)
  } catch (error) {
    problems.onError(error)
    const fault = { place: url, message: (error as Error).message }
    document.querySelector('#simulator-pages')!.append(drawErrorPage(fault, language))
  }
}
