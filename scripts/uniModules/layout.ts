import { dirname, join, relative } from 'node:path/posix'

/**
 * Where the module has a file of the package. DCloud's easycom takes `components/a-b/a-b.vue` as the tag
 * `a-b`; a page of a module has such a folder, too.
 */
export function placeOf(path: string): string {
  return path.replace(
    /^(components|pages)\/(\w+)(?=\.vue)/,
    (_, folder: string, name: string) => `${folder}/${tagOf(name)}/${tagOf(name)}`,
  )
}

/** The tag of a component: `AuthSheet` → `auth-sheet`. */
export function tagOf(component: string): string {
  return component.replace(/\B[A-Z]/g, '-$&').toLowerCase()
}

/**
 * Makes a source of the package name others by the way from its new place. A module is compiled with the
 * app's own sources: by a relative path its components share the scripts with the app.
 * @param path the source's path in the package
 */
export function moveReferences(path: string, text: string): string {
  const place = placeOf(path)
  const references =
    /(?<before>\b(?:from |import\(|src=)|@import )(?<quote>['"])(?<to>\.{1,2}\/[^'"]+|watchword(?:\/[\w./-]+)?)\k<quote>/g
  return text.replace(references, (_, before: string, quote: string, to: string) => {
    const target = to.startsWith('.') ? join(dirname(path), to) : fileOf(to)
    const way = relative(dirname(place), placeOf(target))
    return `${before}${quote}${way.startsWith('.') ? way : `./${way}`}${quote}`
  })
}

/** What the package exports by this name. By `.js`, compilers find the declarations of components, too. */
function fileOf(specifier: string): string {
  return `${specifier.replace(/^watchword\/?/, '') || 'index'}.js`
}

/** Has the comments of a source name the package as an app with the module imports it. */
export function renamePackage(text: string, id: string): string {
  return text.replace(/^ *\/?\*.*$/gm, (line) =>
    line.replace(/(['`])watchword((?:\/[\w-]+)?)\1/g, `$1@/uni_modules/${id}$2$1`),
  )
}
