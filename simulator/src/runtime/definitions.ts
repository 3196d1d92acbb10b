import type { ComponentConfig } from '../pack/packedApp'
import { createDefinitionAdapter } from './componentDefinitions'
import type { PageFault } from './errorPage'
import type { Caller } from './caller'
import type { Framework } from './framework'
import type { LoadedApp } from './loadedApp'
import type { ModuleLoader } from './modules'
import { placeInStack } from './placeInStack'
import type { Updates } from './updates'

type Definition = Record<string, unknown>

/** What the app handed to `App`. */
export type AppInstance = Record<string, unknown>

/** The constructors an app calls, and what they were given. */
export interface Definitions {
  /** The app, once app.js has run. */
  readonly app: AppInstance | undefined
  App(definition: AppInstance): void
  Page(definition: Definition): void
  Component(definition: Definition): void
  Behavior(definition: Definition): unknown
  /** Defines a page and every component it uses, by running their files. Never throws. */
  define(path: string): void
  /** Why a page that was defined cannot be shown, if it cannot. */
  fault(page: string): PageFault | undefined
  /** Runs `mount` and then the `ready` of every component attached by it, the innermost first. */
  mount(mount: () => void): void
}

const lifetimeNames = ['created', 'attached', 'ready', 'moved', 'detached', 'error'] as const

/** The components that another one uses, or is given unless its user chooses others. */
const usedBy = ({ usingComponents = {}, componentGenerics = {} }: ComponentConfig) => [
  ...Object.values(usingComponents),
  ...Object.values(componentGenerics).flatMap((generic) =>
    typeof generic === 'object' && generic.default !== undefined ? [generic.default] : [],
  ),
]

/** Each page gets its own copy of what `Page` was given. */
const copyDeep = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copyDeep)
  if (typeof value !== 'object' || value === null) return value
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copyDeep(member)]))
}

/**
 * Makes the constructors for one start of the app. What the files throw goes to `onError`, and
 * what they fail to define exists all the same, empty.
 */
export function createDefinitions(
  { space }: Framework,
  modules: ModuleLoader,
  app: LoadedApp,
  updates: Pick<Updates, 'watch'>,
  onError: (error: unknown) => void,
): Definitions {
  const adapt = createDefinitionAdapter(space)
  const defined = new Set<string>()
  const registered = new Set<string>()
  const broken = new Set(app.problems.map(({ file }) => file))
  const faults = new Map<string, PageFault>()
  for (const { page, file, message } of app.problems) {
    if (page !== undefined && !faults.has(page)) faults.set(page, { place: file, message })
  }
  let instance: AppInstance | undefined
  let unready: Caller[] = []
  let mounting = false

  // glass-easel leaves `ready` to its host: only that knows when a page is in the document.
  const fireReady = () => {
    for (const caller of unready.splice(0).reverse()) caller._$.triggerLifetime('ready', [])
  }

  const Component = (definition: Definition) => {
    const lifetimes: Definition = { ...(definition.lifetimes as Definition | undefined) }
    for (const name of lifetimeNames) lifetimes[name] ??= definition[name]
    for (const name of lifetimeNames) if (!lifetimes[name]) delete lifetimes[name]
    const created = lifetimes.created as ((this: Caller) => void) | undefined
    lifetimes.created = function (this: Caller) {
      updates.watch(this)
      // WeChat: 组件实例的 renderer; Skyline is not modelled.
      this.renderer = 'webview'
      created?.call(this)
    }
    const attached = lifetimes.attached as ((this: Caller) => void) | undefined
    lifetimes.attached = function (this: Caller) {
      attached?.call(this)
      unready.push(this)
      if (!mounting) queueMicrotask(fireReady)
    }
    registered.add(modules.current)
    space
      .component(modules.current)
      .definition({ ...adapt(definition), lifetimes } as object)
      .register()
  }

  const define = (path: string) => {
    if (defined.has(path)) return
    defined.add(path)
    for (const used of usedBy(app.components[path] ?? {})) define(used.slice(1))
    const file = `${path}.js`
    if (!faults.has(path) && !broken.has(file)) run(path, file)
    if (!registered.has(path)) space.component(path).definition({}).register()
  }
  const run = (path: string, file: string) => {
    try {
      modules.load(file)
      // WeChat goes on as well: "Page … has not been registered yet".
      if (!registered.has(path)) throw new Error(`${file} calls neither Page nor Component`)
    } catch (error) {
      onError(error)
      if (registered.has(path)) return
      const { message, stack = '' } = error instanceof Error ? error : { message: String(error) }
      faults.set(path, { place: placeInStack(stack) ?? file, message })
    }
  }

  return {
    get app() {
      return instance
    },
    App: (definition) => void (instance = definition),
    Page(definition) {
      const members = Object.entries(definition)
      const methods = members.filter(([, member]) => typeof member === 'function')
      const fields = Object.fromEntries(
        members.filter(([, member]) => typeof member !== 'function'),
      )
      const { data = {}, behaviors, options, ...own } = fields
      Component({
        data,
        behaviors,
        options,
        methods: Object.fromEntries(methods),
        created(this: Caller) {
          Object.assign(this, copyDeep(own))
        },
      })
    },
    Component,
    Behavior: (definition) =>
      space
        .behavior()
        .definition(adapt(definition) as object)
        .register(),
    define,
    fault: (page) => faults.get(page),
    mount(mount) {
      mounting = true
      unready = []
      try {
        mount()
      } finally {
        mounting = false
      }
      fireReady()
    },
  }
}
