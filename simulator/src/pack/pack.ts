import { readAppConfig } from './appConfig'
import { openCompiledDirectory, type CompiledDirectory } from './compiledDirectory'
import { readComponents } from './components'
import { readModules } from './modules'
import { PackError } from './packError'
import type { PackedApp } from './packedApp'
import { createProblems, type Problems } from './problem'
import { convertStyles } from './styles'
import { compileTemplates } from './templates'

/** What DevTools takes for an app that names no id. */
const touristAppId = 'touristappid'

const readAppId = (directory: CompiledDirectory, problems: Problems) => {
  const file = 'project.config.json'
  if (!directory.files.has(file)) return touristAppId
  try {
    const { appid } = directory.readJson(file)
    return typeof appid === 'string' && appid !== '' ? appid : touristAppId
  } catch (error) {
    if (!(error instanceof PackError)) throw error
    problems.add(file, error.problem)
    return touristAppId
  }
}

/**
 * Reads a directory compiled for mp-weixin. What is wrong with single files is in `problems`, and
 * the rest runs. Throws `PackError`, which names the file, where nothing can: no directory, no
 * app.json, an app.json that is no JSON or names no page, no app.js.
 */
export function pack(dist: string): PackedApp {
  const directory = openCompiledDirectory(dist)
  const problems = createProblems()
  const { config, pages } = readAppConfig(directory, problems)
  if (!directory.files.has('app.js')) throw new PackError('app.js', 'is not there')
  const components = readComponents(directory, config, pages, problems)
  const templates = compileTemplates(
    directory,
    pages,
    (path) => new Set(Object.keys(components[path]?.usingComponents ?? {})),
    problems,
  )
  return {
    appId: readAppId(directory, problems),
    config,
    pages,
    components,
    modules: readModules(directory, pages, problems),
    ...convertStyles(directory, components, pages, problems),
    templates,
    problems: problems.list,
  }
}
