import type { Change } from './change'
import { readJson, sourcesWith, type Project, type ProjectFiles } from './project'

/** uni-app's packages reject a newer Vue, and newer versions of Pinia require it. */
export const versions = { pinia: '2.2.4', vue: '3.4.21' }

/** What only the reader can do. */
export type Step =
  | { do: 'install'; command: string }
  /** Name the backend in that file. */
  | { do: 'set_api_base'; file: string }
  /** The sheet shows the app's name, and neither `init` nor the project has one. */
  | { do: 'name_app'; file: string }
  /** Put the sheet on pages. */
  | { do: 'place_sheet' }
  /** uni-app reads the easycom rules before vite-plugin-uni-pages writes them into pages.json. */
  | { do: 'build_twice'; config: string }

export function remainingSteps(
  project: Project,
  { changes, appName }: { changes: readonly Change[]; appName: string | undefined },
): Step[] {
  const { files, main, pages } = project
  const steps: Step[] = []
  const command = installCommand(files)
  if (command) steps.push({ do: 'install', command })
  const env = [...files].filter(([path]) => /^(env\/)?\.env(\.\w+)*$/.test(path))
  if (!env.some(([, text]) => /^\s*VITE_API_BASE\s*=/m.test(text ?? '')))
    steps.push({ do: 'set_api_base', file: env[0]?.[0].replace(/\.env.*$/, '.env') ?? '.env' })
  const [plugin] = changes.some(({ path }) => path === main)
    ? [main]
    : sourcesWith(project, /\bcreateAuthPlugin\s*\(/)
  if (plugin !== undefined && !appName && sourcesWith(project, /\bappName\b/).length === 0)
    steps.push({ do: 'name_app', file: plugin })
  if (sourcesWith(project, /<(AuthSheet|auth-sheet)\b/).length === 0)
    steps.push({ do: 'place_sheet' })
  if (pages.is === 'generated' && changes.length > 0)
    steps.push({ do: 'build_twice', config: pages.path })
  return steps
}

/** Undefined if package.json names what the entry imports. */
function installCommand(files: ProjectFiles): string | undefined {
  const { dependencies, devDependencies } = readJson(files, 'package.json')
  const named = { ...(dependencies as object), ...(devDependencies as object) }
  const packages = [
    'watchword' in named ? [] : 'watchword',
    'pinia' in named ? [] : `pinia@${versions.pinia}`,
    'vue' in named ? [] : `vue@${versions.vue}`,
  ].flat()
  if (packages.length === 0) return undefined
  const adds: [lockfile: string, command: string][] = [
    ['pnpm-lock.yaml', 'pnpm add -E'],
    ['yarn.lock', 'yarn add -E'],
  ]
  const add = adds.find(([lockfile]) => files.has(lockfile))?.[1] ?? 'npm install -E'
  return `${add} ${packages.join(' ')}`
}
