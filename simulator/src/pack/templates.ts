import { createRequire } from 'node:module'
import type * as Compiler from 'glass-easel-template-compiler'
import type { CompiledDirectory } from './compiledDirectory'
import { syntaxFault } from './modules'
import type { Problems } from './problem'

// The compiler is CommonJS around WebAssembly and is read from disk beside its own file.
const { TmplGroup } = createRequire(import.meta.url)(
  'glass-easel-template-compiler',
) as typeof Compiler

interface TemplateRemark {
  isError: boolean
  message: string
  startLine: number
  startColumn: number
}

/** Tags that are WXML's syntax rather than elements. */
const syntaxTags = new Set(['block', 'import', 'include', 'slot', 'template', 'wxs'])

/** Opening or closing tag, comment or expression; names inside the last two are left alone. */
const tagOrOther = /<!--[\s\S]*?-->|\{\{[\s\S]*?\}\}|(<\/?)([a-z][\w-]*)/g

/** Puts `wx-` before built-in tags, so that CSS and the registry can tell them from HTML's. */
const renameTags = (wxml: string, own: ReadonlySet<string>) =>
  wxml.replace(tagOrOther, (all: string, open?: string, tag?: string) =>
    open === undefined || tag === undefined || syntaxTags.has(tag) || own.has(tag)
      ? all
      : `${open}wx-${tag}`,
  )

const place = ({ message, startLine, startColumn }: TemplateRemark) =>
  `${message} (line ${startLine + 1}, column ${startColumn + 1})`

// A missing end tag is a mere warning to the compiler, but WeChat refuses the file.
const isFault = ({ isError, message }: TemplateRemark) => isError || message === 'missing end tag'

/** WXS runs while all templates are made: what it throws must be nobody else's loss. */
const guarded = (wxs: string) => `try{${wxs}\n}catch(error){setTimeout(()=>{throw error})}`

/**
 * Compiles every WXML and WXS file with WeChat's template compiler. One that is broken is left
 * out and added to `problems`. `ownTags` returns the component names a file may use, so that they
 * keep theirs.
 */
export function compileTemplates(
  directory: CompiledDirectory,
  pages: readonly string[],
  ownTags: (path: string) => ReadonlySet<string>,
  problems: Problems,
): string {
  const group = new TmplGroup()
  const scripts = new Set<string>()

  const addScript = (file: string, path: string) => {
    const source = directory.read(file)
    const fault = syntaxFault(source)
    if (fault) return problems.add(file, fault)
    group.addScript(path, source)
    scripts.add(path)
  }
  const addTemplate = (file: string, path: string) => {
    const remarks = group.addTmpl(
      path,
      renameTags(directory.read(file), ownTags(path)),
    ) as TemplateRemark[]
    const fault = remarks.find(isFault)
    const problem = fault ? place(fault) : scriptFault(path)
    if (problem === undefined) return
    group.removeTmpl(path)
    problems.add(file, problem, pages.includes(path) ? path : undefined)
  }
  const scriptFault = (path: string): string | undefined => {
    for (const used of group.getScriptDependencies(path) as string[]) {
      if (!scripts.has(used)) return `needs ${used}.wxs, which is broken or not there`
    }
    for (const name of group.getInlineScriptModuleNames(path) as string[]) {
      const source = group.getInlineScript(path, name)
      const fault = syntaxFault(source)
      if (fault) return `WXS module "${name}": ${fault}`
      group.setInlineScript(path, name, guarded(source))
    }
    return undefined
  }

  try {
    const files = [...directory.files].map((file) => [file, file.replace(/\.\w+$/, '')] as const)
    for (const [file, path] of files) if (file.endsWith('.wxs')) addScript(file, path)
    for (const [file, path] of files) if (file.endsWith('.wxml')) addTemplate(file, path)
    return group.getTmplGenObjectGroups()
  } finally {
    group.free()
  }
}
