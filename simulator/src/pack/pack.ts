import { readAppConfig } from './appConfig'
import { openCompiledDirectory, type CompiledDirectory } from './compiledDirectory'
import { readComponents } from './components'
import { readModules } from './modules'
import { PackError } from './packError'
import type { AppConfig, AppName, PackedApp } from './packedApp'
import { createProblems } from './problem'
import { readProject, type Project } from './project'
import { convertStyles } from './styles'
import { compileTemplates } from './templates'
import { otherVendor } from './whatElse'

/** Throws where nothing could run, with what to do about it. */
function checkScripts({ files }: CompiledDirectory): void {
  const vendor = otherVendor(files)
  if (vendor !== undefined)
    throw new PackError('app.json', `was compiled for ${vendor}: compile it for mp-weixin`)
  if (files.has('app.js')) return
  const hint = files.has('app.ts')
    ? ': app.ts is TypeScript, which project.config.json has to ask for (setting.useCompilerPlugins: ["typescript"])'
    : ''
  throw new PackError('app.js', `is not there${hint}`)
}

/** WeChat has it from the account's settings; the nearest to it is the project's, then the title. */
function nameOf(project: Project, { window }: AppConfig): AppName | undefined {
  const text = window?.navigationBarTitleText?.trim()
  return project.name ?? (text ? { text, source: 'app.json' } : undefined)
}

/**
 * Reads a directory compiled for mp-weixin, or one in WeChat's own languages. What is wrong with
 * single files is in `problems`, and the rest runs. Throws `PackError`, which names the file, where
 * nothing can: no directory, no app.json, an app.json that is no JSON or names no page, no app.js.
 */
export function pack(dist: string): PackedApp {
  const problems = createProblems()
  const project = readProject(dist, problems)
  const directory = openCompiledDirectory(project)
  const { config, pages } = readAppConfig(directory, problems)
  checkScripts(directory)
  const aliases = config.resolveAlias ?? {}
  const components = readComponents(directory, config, pages, problems)
  const { insertions: ofScripts, ...compiled } = compileTemplates(
    directory,
    pages,
    components,
    problems,
  )
  const { modules, insertions, sourceMaps } = readModules(
    directory,
    pages,
    Object.keys(components),
    aliases,
    problems,
  )
  const name = nameOf(project, config)
  return {
    appId: project.appId,
    ...(name && { name }),
    config,
    pages,
    components,
    modules,
    ...convertStyles(directory, components, pages, aliases, problems),
    ...compiled,
    host: {
      root: project.root,
      packages: directory.packages,
      sourceMaps,
      insertions: { ...insertions, ...ofScripts },
    },
    problems: problems.list,
  }
}
