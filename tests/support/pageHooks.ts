// In the place of @dcloudio/uni-app, whose lifecycle of pages needs uni-app's own build of Vue.

type Hook = (options?: Record<string, string>) => void

const names = ['onLoad', 'onShow', 'onHide', 'onUnload', 'onPullDownRefresh'] as const
type Name = (typeof names)[number]

const hooks = new Map<Name, Hook[]>(names.map((name) => [name, []]))

/** The pages that have been set up since {@link forget}, as uni-app calls them back. */
export const page = {
  /** Calls all hooks of this name, in the order in which they were registered. */
  run(name: Name, options?: Record<string, string>): void {
    for (const hook of [...hooks.get(name)!]) hook(options)
  },
  /** The hooks so far are those of another page. */
  forget(): void {
    for (const registered of hooks.values()) registered.length = 0
  },
}

const register = (name: Name) => (hook: Hook) => void hooks.get(name)!.push(hook)

export const onLoad = register('onLoad')
export const onShow = register('onShow')
export const onHide = register('onHide')
export const onUnload = register('onUnload')
export const onPullDownRefresh = register('onPullDownRefresh')
