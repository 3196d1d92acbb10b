import type { Insertion } from '../loopGuard'
import { resolvePath, type CompiledDirectory } from './compiledDirectory'
import { foreignBlankIn } from './foreignBlanks'
import { guardScript, syntaxFault } from './modules'
import type { ComponentConfig, PackedApp } from './packedApp'
import type { Problems } from './problem'
import { withTemplateGroup, type TemplateGroup } from './templateCompiler'
import { prepareWxs } from './wxs'

interface TemplateRemark {
  isError: boolean
  message: string
  startLine: number
  startColumn: number
}

type Compiled = { code: string; imports: readonly string[] } | { fault: string }

/** Tags that are WXML's syntax rather than elements. */
const syntaxTags = new Set(['block', 'import', 'include', 'slot', 'template', 'wxs'])

/**
 * Opening or closing tag; comments, expressions and WXS, inside which names are left alone. One that is not ended
 * reaches to the end: looking for the end of each again would take time by the square.
 */
const tagOrOther =
  /<!--[^]*?(?:-->|$)|\{\{[^]*?(?:\}\}|$)|<wxs\b(?:[^<>"']|"[^"<]*"|'[^'<]*')*(?<!\/)>[^]*?(?:<\/wxs\s*>|$)|(<\/?)([a-z][\w-]*)/g

/** Puts `wx-` before built-in tags, so that CSS and the registry can tell them from HTML's. */
const renameTags = (wxml: string, own: ReadonlySet<string>) =>
  wxml.replace(tagOrOther, (all: string, open?: string, tag?: string) =>
    open === undefined || tag === undefined || syntaxTags.has(tag) || own.has(tag)
      ? all
      : `${open}wx-${tag}`,
  )

const place = ({ message, startLine, startColumn }: TemplateRemark) =>
  `${message} (line ${startLine + 1}, column ${startColumn + 1})`

/** Errors to the compiler, which leaves the nodes out; component libraries have such, in slots. */
const tolerated = 'child nodes are not allowed for this element'

// A missing end tag is a mere warning to the compiler, but WeChat refuses the file.
const isFault = ({ isError, message }: TemplateRemark) =>
  (isError && message !== tolerated) || message === 'missing end tag'

/** Blank as far as the place of `part` in `whole`, so that lines and columns stay true. */
function before(whole: string, part: string): string {
  const lines = whole.slice(0, Math.max(0, whole.indexOf(part))).split('\n')
  return '\n'.repeat(lines.length - 1) + ' '.repeat(lines.at(-1)!.length)
}

/** The runtime's hooks in place of the compiler's own; see `src/runtime/wxs/createWxs.ts`. */
const hooks = ';D=wxs.define;P=wxs.callable;Q.A=wxs.observer;Q.C=wxs.handle;'

/** What makes a template at its first use, so that those that nobody opens cost nothing. */
const onFirstUse = `var T=function(path,make){Object.defineProperty(G,path,{enumerable:true,configurable:true,get:function(){var made;try{made=make()}catch(error){made=wxs.broken(path,error)}Object.defineProperty(G,path,{enumerable:true,value:made});return made}})};`

const isOfPackage = (file: string) => /(^|\/)miniprogram_npm\//.test(file)

/** The tags that stay as they are, in each file: those of components that it may use. */
function createOwnTags(components: Readonly<Record<string, ComponentConfig>>) {
  const tagsOf = ({ usingComponents, componentGenerics }: ComponentConfig) => [
    ...Object.keys(usingComponents ?? {}),
    ...Object.keys(componentGenerics ?? {}),
  ]
  // A template that is imported uses the components of whoever imports it.
  const all = new Set(Object.values(components).flatMap(tagsOf))
  return (path: string) => (components[path] ? new Set(tagsOf(components[path])) : all)
}

/**
 * Compiles the WXML files with WeChat's template compiler, and prepares the WXS modules: all of the
 * app, and of its packages what is used. One that is broken is left out and added to `problems`.
 */
export function compileTemplates(
  directory: CompiledDirectory,
  pages: readonly string[],
  components: Readonly<Record<string, ComponentConfig>>,
  problems: Problems,
): Pick<PackedApp, 'templates' | 'scripts'> & Pick<PackedApp['host'], 'insertions'> {
  const ownTags = createOwnTags(components)
  const scripts: Record<string, string> = {}
  const insertions: Record<string, readonly Insertion[]> = {}
  const templates: string[] = []
  const seen = new Set<string>()

  /** Prepares a module and those that it requires; returns why it cannot run, if it cannot. */
  const prepare = (module: string, source: string, file: string): string | undefined => {
    const { code, requires, foreign } = prepareWxs(source)
    const fault = syntaxFault(code)
    if (fault) return fault
    const guarded = guardScript(code)
    scripts[module] = guarded?.code ?? code
    if (guarded && guarded.insertions.length > 0) insertions[module] = guarded.insertions
    if (foreign) problems.add(file, foreign)
    for (const required of requires) {
      const target = resolvePath(file, required).replace(/(\.wxs)?$/, '.wxs')
      if (directory.files.has(target)) addScript(target)
      else problems.add(file, `requires "${required}", which is not there`)
    }
    return undefined
  }
  const addScript = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    const fault = prepare(file, directory.read(file), file)
    if (fault) problems.add(file, fault)
  }
  /** What is wrong with the WXS that a template uses. */
  const scriptFault = (group: TemplateGroup, file: string, path: string, wxml: string) => {
    for (const used of group.getScriptDependencies(path) as string[]) {
      const script = `${used}.wxs`
      if (directory.files.has(script)) addScript(script)
      if (!(script in scripts)) return `needs ${script}, which is broken or not there`
    }
    for (const name of group.getInlineScriptModuleNames(path) as string[]) {
      const source = group.getInlineScript(path, name)
      const fault = prepare(`${file}#${name}`, before(wxml, source) + source, file)
      if (fault) return `WXS module "${name}": ${fault}`
      // The runtime has it by its file.
      group.setInlineScript(path, name, '')
    }
    return undefined
  }
  /** The compiled template with what it imports or includes, or what is wrong with it. */
  const compile = (file: string, path: string): Compiled => {
    try {
      const wxml = directory.read(file)
      const blank = foreignBlankIn(wxml)
      if (blank !== undefined) return { fault: blank }
      const renamed = renameTags(wxml, ownTags(path))
      return withTemplateGroup((group) => {
        const remark = (group.addTmpl(path, renamed) as TemplateRemark[]).find(isFault)
        if (remark) return { fault: place(remark) }
        const ofScript = scriptFault(group, file, path, wxml)
        if (ofScript) return { fault: ofScript }
        const code = group.getTmplGenObject(path)
        const fault = syntaxFault(`return ${code}`)
        return fault ? { fault } : { code, imports: group.getDirectDependencies(path) as string[] }
      })
    } catch (error) {
      return { fault: `the template compiler fails on it (${(error as Error).message})` }
    }
  }
  const addTemplate = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    const path = file.slice(0, -'.wxml'.length)
    const compiled = compile(file, path)
    if ('fault' in compiled)
      return problems.add(file, compiled.fault, pages.includes(path) ? path : undefined)
    for (const used of compiled.imports) {
      if (directory.files.has(`${used}.wxml`)) addTemplate(`${used}.wxml`)
      else problems.add(file, `imports or includes ${used}.wxml, which is not there`)
    }
    templates.push(`T(${JSON.stringify(path)},()=>${compiled.code});`)
  }

  for (const file of directory.files) {
    const isNeeded = !isOfPackage(file) || file.replace(/\.wxml$/, '') in components
    if (file.endsWith('.wxs') && isNeeded) addScript(file)
    if (file.endsWith('.wxml') && isNeeded) addTemplate(file)
  }
  return { scripts, insertions, templates: joinTemplates(Object.keys(scripts), templates) }
}

/** See `PackedApp.templates`. */
function joinTemplates(scripts: readonly string[], templates: readonly string[]): string {
  const modules = scripts
    .filter((file) => file.endsWith('.wxs'))
    .map((file) => JSON.stringify(file.slice(0, -'.wxs'.length)))
    .map((name) => `R[${name}]=D(${name});`)
  const runtime = withTemplateGroup((group) => group.getRuntimeString())
  return `(wxs)=>{var G={},R={};${runtime}${hooks}${onFirstUse}${modules.join('')}\n${templates.join('\n')}\nreturn G}`
}
