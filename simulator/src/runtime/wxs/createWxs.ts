import * as glassEasel from 'glass-easel'
import { currentTargetOf } from '../events'
import { createDescriptors } from './descriptor'
import { createWxsModules } from './modules'

/** What compiled templates use of WXS; `src/pack/templates.ts` writes them for it. */
export interface Wxs {
  /** How to get the exports of a module, named as the template compiler does. */
  define(name: string): () => unknown
  /** A function as templates call it: what it throws costs one value, not the page. */
  callable(value: unknown): (...args: unknown[]) => unknown
  /** An observer of a property (`change:prop`), as the framework calls it. */
  observer(listener: unknown): glassEasel.template.ChangePropListener<unknown>
  /** Calls a handler: of the app, or of WXS. */
  handle: glassEasel.template.EventListenerWrapper
  /** A template whose code fails by itself; draws nothing. */
  broken(path: string, error: unknown): (name: string) => undefined
}

/** What an app sees of a component as `this`. */
interface AppInstance {
  _$: glassEasel.GeneralComponent
}

type Observer = (value: unknown, before: unknown, owner: unknown, instance: unknown) => void

/** `a/b` is `a/b.wxs`, `a/b#name` the module of that name in `a/b.wxml`. */
const fileOf = (name: string) => {
  const [path, module] = name.split('#')
  return module === undefined ? `${path}.wxs` : `${path}.wxml#${module}`
}

/** How the compiler says that a handler is WXS: `[1, path, …]` or, in a template, `[2, path, …]`. */
const isOfWxs = (place: readonly unknown[] | null | undefined) =>
  place?.[0] === 1 || place?.[0] === 2

/** Runs the app's WXS; what it throws goes to `onError`, and its loops call `tick` each time round. */
export function createWxs(
  sources: Readonly<Record<string, string>>,
  onError: (error: unknown) => void,
  tick: () => true,
): Wxs {
  const modules = createWxsModules(sources, onError, tick)
  const descriptorOf = createDescriptors(onError)
  const guards = new WeakMap<object, (...args: unknown[]) => unknown>()
  /** Functions that modules export: a handler may be chosen by an expression, whose place is unknown. */
  const exported = new WeakSet<object>()

  const note = (value: unknown) => {
    if (typeof value === 'function') exported.add(value)
    if (typeof value !== 'object' || value === null) return
    for (const member of Object.values(value))
      if (typeof member === 'function') exported.add(member)
  }
  const guard = (run: (...args: unknown[]) => unknown) => {
    const guarded = (...args: unknown[]) => {
      try {
        return run(...args)
      } catch (error) {
        onError(error)
        return undefined
      }
    }
    guards.set(run, guarded)
    return guarded
  }

  return {
    define(name) {
      const file = fileOf(name)
      return () => {
        const exports = modules.exportsOf(file)
        note(exports)
        return exports
      }
    },
    callable(value) {
      if (typeof value !== 'function') return () => undefined
      return guards.get(value) ?? guard(value as (...args: unknown[]) => unknown)
    },
    observer(listener) {
      if (typeof listener !== 'function') return () => {}
      return (value, before, host, element) => {
        const isThere = () => glassEasel.Element.isAttached(element)
        const observe = guard(() =>
          (listener as Observer)(value, before, descriptorOf(host), descriptorOf(element)),
        )
        // A template sets its values before its elements are in the page, where WXS looks for them.
        if (isThere()) observe()
        else queueMicrotask(() => isThere() && observe())
      }
    },
    handle(caller, event, listener, place) {
      if (!isOfWxs(place) && !exported.has(listener)) return listener.apply(caller, [event])
      const target = currentTargetOf(event)
      const own = { ...event, ...(target && { instance: descriptorOf(target) }) }
      const owner = descriptorOf((caller as Partial<AppInstance>)._$ ?? caller)
      return (listener as (event: unknown, owner: unknown) => boolean | void)(own, owner)
    },
    broken(path, error) {
      onError(new Error(`${path}.wxml: ${(error as Error).message}`, { cause: error }))
      return Object.assign(() => undefined, { _: {} })
    },
  }
}
