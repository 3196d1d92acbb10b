import { resolvePath, type CompiledDirectory } from './compiledDirectory'
import type { ComponentConfig, PackedApp } from './packedApp'
import type { Problems } from './problem'
import { appSelector, componentSelector, convertWxss, pageSelector } from './wxss'

/** Puts the imported files in the place of `@import`; one that is not there is left out. */
function inlineImports(
  directory: CompiledDirectory,
  file: string,
  problems: Problems,
  seen: readonly string[] = [],
): string {
  return directory
    .read(file)
    .replace(/@import\s+(?:url\()?["']([^"']+)["']\)?\s*;?/g, (_, target: string) => {
      const imported = resolvePath(file, target)
      if (seen.includes(imported)) return ''
      if (directory.files.has(imported))
        return inlineImports(directory, imported, problems, [...seen, file])
      problems.add(file, `imports "${target}", which is not there`)
      return ''
    })
}

/** Turns the WXSS of the app, its pages and its components into CSS. */
export function convertStyles(
  directory: CompiledDirectory,
  components: Record<string, ComponentConfig>,
  pages: readonly string[],
  problems: Problems,
): Pick<PackedApp, 'styles' | 'stylePrefixes'> {
  const styles: Record<string, string> = {}
  const stylePrefixes: Record<string, string> = {}
  const add = (path: string, selector: (selector: string) => string) => {
    const file = `${path}.wxss`
    if (!directory.files.has(file)) return
    const { css, fault } = convertWxss(inlineImports(directory, file, problems), selector)
    styles[path] = css
    if (fault) problems.add(file, fault)
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
