import type { ByHand, Change, Edit } from './change'
import { addPlugin } from './mainFile'
import { newAuthModule, newPromptPage } from './newFiles'
import { addEasycomToConfig } from './pagesConfig'
import { addEasycom, addPage, routesIn } from './pagesJson'
import { appNameOf, resolveImport, sourcesWith, textOf, type Project } from './project'
import { remainingSteps, type Step } from './steps'
import { styleOf } from './style'

/** What `init` would do. */
export interface Plan {
  changes: Change[]
  /** What it cannot do safely. */
  byHand: ByHand[]
  /** What only the reader can do. */
  steps: Step[]
}

/** @throws InitError if a file that it would change cannot be read */
export function planInit(project: Project): Plan {
  const draft = createDraft(project)
  const promptPage = planPromptPage(project, draft)
  const auth = planAuthModule(project, draft)
  const appName = appNameOf(project)
  if (sourcesWith(project, /\bcreateAuthPlugin\s*\(/).length === 0)
    draft.edit(project.main, (text) =>
      addPlugin(project.main, text, {
        authModule: auth.module,
        authName: auth.name,
        promptPage: `/${promptPage}`,
        appName,
        makesPinia: (specifier) =>
          createsPinia(project).includes(resolveImport(project, specifier) ?? ''),
        piniaFile: createsPinia(project).find((path) => path !== project.main),
      }),
    )
  const { changes, byHand } = draft
  return { changes, byHand, steps: remainingSteps(project, { changes, appName }) }
}

const createsPinia = (project: Project) => sourcesWith(project, /\bcreatePinia\s*\(/)

/** Gathers the changes to files. */
interface Draft {
  readonly changes: Change[]
  readonly byHand: ByHand[]
  create(path: string, text: string): void
  edit(path: string, edit: (text: string) => Edit): void
}

function createDraft({ files }: Project): Draft {
  const changes: Change[] = []
  const byHand: ByHand[] = []
  return {
    changes,
    byHand,
    create: (path, text) => void changes.push({ path, before: undefined, after: text }),
    edit(path, edit) {
      const before = textOf(files, path)
      const edited = edit(before)
      byHand.push(...edited.byHand)
      if (edited.text !== before) changes.push({ path, before, after: edited.text })
    },
  }
}

/** Plans the page and the easycom rules. Returns the page's route. */
function planPromptPage(project: Project, draft: Draft): string {
  const { pages, source, files, main } = project
  const route = promptRouteOf(project)
  const path = `${source}${route}.vue`
  if (pages.is === 'written')
    draft.edit(pages.path, (text) => {
      const withRules = addEasycom(pages.path, text)
      const withPage = addPage(pages.path, withRules.text, route)
      return { text: withPage.text, byHand: [...withRules.byHand, ...withPage.byHand] }
    })
  else
    draft.edit(pages.path, (text) =>
      pages.path.endsWith('.json')
        ? addEasycom(pages.path, text)
        : addEasycomToConfig(pages.path, text),
    )
  if (!files.has(path)) {
    const page = newPromptPage(styleOf(files.get(main) ?? ''))
    // A generated pages.json has the pages of this folder, unless the plugin's options name another.
    const isScanned = [...files.keys()].some((each) => /^(src\/)?pages\/.+\.vue$/.test(each))
    if (pages.is === 'written' || isScanned) draft.create(path, page)
    else draft.byHand.push({ path, reason: { code: 'pages_elsewhere' }, lines: page.trimEnd() })
  }
  return route
}

/** The route of the page that the project has, or of one to make. */
function promptRouteOf(project: Project): string {
  const { files, pages, source } = project
  const [existing] = sourcesWith(project, /<(PromptPage|prompt-page)\b/).filter((path) =>
    path.endsWith('.vue'),
  )
  if (existing) return existing.slice(source.length).replace(/\.vue$/, '')
  const { pages: routes, roots } =
    pages.is === 'written'
      ? routesIn(pages.path, textOf(files, pages.path))
      : { pages: [], roots: [] }
  const isFree = (route: string) =>
    !routes.includes(route) &&
    !['vue', 'nvue'].some((kind) => files.has(`${source}${route}.${kind}`)) &&
    // WeChat rejects a page of the main package in the folder of a subpackage.
    !roots.some((root) => route.startsWith(`${root}/`))
  const candidates = ['pages/prompt/prompt', 'pages/watchword/prompt', 'watchword/prompt']
  return candidates.find(isFree) ?? 'watchword/sign-in-prompt'
}

/** Plans the module that creates the `Auth`. Returns how the entry imports it. */
function planAuthModule(project: Project, draft: Draft): { module: string; name: string } {
  const { files, main, source } = project
  for (const path of sourcesWith(project, /\bfrom\s*['"]watchword['"]/)) {
    const text = files.get(path) ?? ''
    const [, name] = /\bexport\s+const\s+(\w+)\s*=\s*createAuth\s*\(/.exec(text) ?? []
    if (name) return { module: `./${path.slice(source.length).replace(/\.\w+$/, '')}`, name }
  }
  // `./auth` may be a file of the reader's, or a folder with an index.
  const isFree = (name: string) =>
    ![...files.keys()].some((path) => new RegExp(`^${source}${name}(\\.\\w+$|/)`).test(path))
  const name = isFree('auth') ? 'auth' : 'watchword'
  const ending = main.endsWith('.ts') ? 'ts' : 'js'
  draft.create(`${source}${name}.${ending}`, newAuthModule(styleOf(files.get(main) ?? '')))
  return { module: `./${name}`, name: 'auth' }
}
