import { createRequire } from 'node:module'
import type * as Compiler from 'glass-easel-template-compiler'
import type { CompiledDirectory } from './compiledDirectory'
import { PackError } from './packError'

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

/**
 * Compiles every WXML and WXS file with WeChat's template compiler.
 * `ownTags` gives the component names a file may use, so that they keep theirs.
 */
export function compileTemplates(
  directory: CompiledDirectory,
  ownTags: (path: string) => ReadonlySet<string>,
): { source: string; warnings: string[] } {
  const group = new TmplGroup()
  const warnings: string[] = []
  try {
    for (const file of directory.files) {
      const path = file.replace(/\.\w+$/, '')
      if (file.endsWith('.wxs')) group.addScript(path, directory.read(file))
      if (!file.endsWith('.wxml')) continue
      const wxml = renameTags(directory.read(file), ownTags(path))
      for (const remark of group.addTmpl(path, wxml) as TemplateRemark[]) {
        const where = `${remark.message} (line ${remark.startLine + 1}, column ${remark.startColumn + 1})`
        // A missing end tag is a mere warning to the compiler, but WeChat refuses the file.
        if (remark.isError || remark.message === 'missing end tag') throw new PackError(file, where)
        warnings.push(`${file}: ${where}`)
      }
    }
    return { source: group.getTmplGenObjectGroups(), warnings }
  } finally {
    group.free()
  }
}
