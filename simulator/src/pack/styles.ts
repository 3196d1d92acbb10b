import type { CompiledDirectory } from './compiledDirectory'
import { PackError } from './packError'
import type { ComponentConfig, PackedApp } from './packedApp'
import type { Problems } from './problem'
import { resolveFile, type Aliases } from './resolve'
import { appSelector, componentSelector, convertWxss, pageSelector } from './wxss'

/** Puts the imported files in the place of `@import`; one that is not there is left out. */
function inlineImports(
  directory: CompiledDirectory,
  file: string,
  aliases: Aliases,
  problems: Problems,
  seen: readonly string[] = [],
): string {
  return directory
    .read(file)
    .replace(/@import\s+(?:url\()?["']([^"']+)["']\)?\s*;?/g, (_, target: string) => {
      const imported = resolveFile(directory.files, file, target, '.wxss', aliases)
      if (imported === undefined) {
        problems.add(file, `imports "${target}", which is not there`)
        return ''
      }
      if (seen.includes(imported)) return ''
      return inlineImports(directory, imported, aliases, problems, [...seen, file])
    })
}

/** Turns the WXSS of the app, its pages and its components into CSS. */
export function convertStyles(
  directory: CompiledDirectory,
  components: Record<string, ComponentConfig>,
  pages: readonly string[],
  aliases: Aliases,
  problems: Problems,
): Pick<PackedApp, 'styles' | 'stylePrefixes'> {
  const styles: Record<string, string> = {}
  const stylePrefixes: Record<string, string> = {}
  const add = (path: string, selector: (selector: string) => string) => {
    const file = `${path}.wxss`
    if (!directory.files.has(file)) return
    try {
      const wxss = inlineImports(directory, file, aliases, problems)
      const { css, fault } = convertWxss(wxss, selector)
      styles[path] = css
      if (fault) problems.add(file, fault)
    } catch (error) {
      if (!(error instanceof PackError)) throw error
      problems.add(error.file, error.problem)
    }
  }
  add('app', appSelector)
  for (const path of Object.keys(components)) {
    if (pages.includes(path)) add(path, pageSelector(path))
    else {
      const prefix = `c${Object.keys(stylePrefixes).length + 1}`
      stylePrefixes[path] = prefix
      add(path, componentSelector(prefix))
    }
  }
  return { styles, stylePrefixes }
}
