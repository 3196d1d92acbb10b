// WeChat's component framework, set up for a compiled mini-program and the built-in components.
import * as glassEasel from 'glass-easel'
import {
  MiniProgramEnv,
  type AssociatedBackend,
  type CodeSpace,
} from 'glass-easel-miniprogram-adapter'
import { playAnimation } from './animations'
import { ariaAttributes } from './aria'
import { builtIns } from './builtIns'
import {
  keepNode,
  type Behaviour,
  type BuiltIn,
  type BuiltInNode,
  type BuiltInServices,
  type Props,
} from './builtIns/builtIn'
import { placeholders } from './builtIns/placeholders'
import type { Caller } from './caller'
import { addCallerMembers } from './callerMembers'
import { forwardGestures, handPlainEvents, sourceOf } from './events'
import type { ComponentConfig } from '../pack/packedApp'
import type { LoadedApp, Templates } from './loadedApp'
import { warnOfMissingHandlers } from './namedHandlers'
import { forwardTouches, PhoneWindow, touchByMouse } from './touches'
import { createWxs } from './wxs'

/** The framework, ready for components to be defined. */
export interface Framework {
  /** Where the app's own components are defined. */
  readonly space: CodeSpace
  /** Makes pages in the document. */
  readonly backend: AssociatedBackend
}

const behaviours = new WeakMap<glassEasel.GeneralComponent, Behaviour>()

const domOf = ({ _$ }: Caller) => _$.$$ as unknown as HTMLElement

/** `hidden`, which WeChat itself applies to every component, as the attributes in `aria.ts`. */
function applyHidden(caller: Caller): void {
  domOf(caller).hidden = caller.data.hidden === true
}

function applyAria(caller: Caller, name: string): void {
  const value = caller.data[name]
  if (value) domOf(caller).setAttribute(ariaAttributes[name]!, String(value))
  else domOf(caller).removeAttribute(ariaAttributes[name]!)
}

function attach(definition: BuiltIn, services: BuiltInServices, caller: Caller): void {
  const component = caller._$
  const dom = domOf(caller)
  const { tag, props } = definition
  const node: BuiltInNode = {
    tag,
    dom,
    behaviour: {},
    get props() {
      return services.versions.readProps(tag, props, caller.data)
    },
    get dataset() {
      return { ...component.dataset }
    },
    owner: component.ownerShadowRoot?.getHostNode().is ?? '',
    emit(type, detail = {}, onReturn) {
      if (!services.versions.supports(`${tag}.bind${type}`)) return
      caller.triggerEvent(type, detail, onReturn ? { handleListenerReturn: onReturn } : {})
    },
    set: (changes) => caller.setData(changes),
  }
  keepNode(node)
  applyHidden(caller)
  for (const name in ariaAttributes) if (caller.data[name]) applyAria(caller, name)
  if (caller.data.animation) playAnimation(dom, caller.data.animation)
  node.behaviour = definition.create(node, services)
  behaviours.set(component, node.behaviour)
  node.behaviour.update?.()
  if (node.behaviour.tap) {
    component.addListener('tap', (event) => node.behaviour.tap?.(sourceOf(event)))
  }
}

const propertyType = (value: unknown) => {
  if (Array.isArray(value)) return Array
  if (typeof value === 'number') return Number
  if (typeof value === 'boolean') return Boolean
  return typeof value === 'string' ? String : null
}

function defineBuiltIn(space: CodeSpace, definition: BuiltIn, services: BuiltInServices): void {
  const path = `wx/${definition.tag}`
  const known = services.versions.knownProps(definition.tag, definition.props)
  const aria = Object.fromEntries(Object.keys(ariaAttributes).map((name) => [name, '']))
  const props: Props = { ...aria, hidden: false, animation: null }
  for (const name of known) props[name] = definition.props[name]
  const observers: Record<string, (this: Caller, value: unknown) => void> = {}
  for (const name of Object.keys(props)) {
    observers[name] = function (value) {
      const behaviour = behaviours.get(this._$)
      if (!behaviour) return
      if (name === 'animation') return playAnimation(domOf(this), value)
      behaviour.changed?.[name]?.(value as never)
      if (name === 'hidden') applyHidden(this)
      else if (name in ariaAttributes) applyAria(this, name)
      behaviour.update?.()
    }
  }
  const properties = Object.fromEntries(
    Object.entries(props).map(([name, value]) => [name, { type: propertyType(value), value }]),
  )
  const lifetimes = {
    attached(this: Caller) {
      attach(definition, services, this)
    },
    detached(this: Caller) {
      const behaviour = behaviours.get(this._$)
      // Data may still be set from then on, by code that kept the page.
      behaviours.delete(this._$)
      behaviour?.detached?.()
    },
  }
  space.addStyleSheet(path, undefined, `wx-${definition.tag}`)
  space
    .component(path)
    .definition({ properties, observers, lifetimes } as object)
    .register()
}

/** What a generic is that nobody chooses, and that has no default: it draws nothing. */
const nothing = 'simulator/nothing'

const withDefaults = (generics: NonNullable<ComponentConfig['componentGenerics']>) =>
  Object.fromEntries(
    Object.entries(generics).map(([name, generic]) => [
      name,
      typeof generic === 'object' && generic.default ? generic : { default: `/${nothing}` },
    ]),
  )

function describeApp(
  space: CodeSpace,
  backend: AssociatedBackend,
  app: LoadedApp,
  templates: Templates,
  warn: BuiltInServices['warn'],
): void {
  for (const [path, config] of Object.entries(app.components)) {
    const isPage = app.pages.includes(path)
    space.addComponentStaticConfig(path, {
      ...config,
      ...(config.componentGenerics && {
        componentGenerics: withDefaults(config.componentGenerics),
      }),
      component: !isPage,
      styleIsolation: isPage ? 'shared' : (config.styleIsolation ?? 'apply-shared'),
    } as object)
    if (path in templates) {
      space.addCompiledTemplate(path, {
        groupList: templates,
        // Made when the component is, so that one that fails is nobody else's loss.
        content: (name) => warnOfMissingHandlers(templates[path]!(name), warn),
        fallbackListenerOnNativeNode: true,
      })
    }
  }
  space.component(nothing).definition({}).register()
  for (const [path, css] of Object.entries(app.styles)) {
    space.addStyleSheet(path, path, app.stylePrefixes[path])
    backend.registerStyleSheetContent(path, css)
  }
}

/**
 * Ids stay as written: `#name` in WXSS and in tests means the element with that id. Properties and
 * methods may have any name: on the node, `dataset` would be in the way of the framework's own.
 */
function setOptions(space: CodeSpace): void {
  type Prepare = (...args: unknown[]) => [glassEasel.ComponentOptions, unknown]
  const open = space as unknown as { prepareComponentOptions: Prepare }
  const prepare = open.prepareComponentOptions.bind(space)
  open.prepareComponentOptions = (...args) => {
    const [options, isolation] = prepare(...args)
    const own = { idPrefixGenerator: null, writeIdToDOM: true, writeFieldsToNode: false }
    return [{ ...options, ...own }, isolation]
  }
}

/**
 * What the framework says of a list that is not there yet: uni-app's templates are drawn once before their data
 * comes. WeChat draws nothing for it.
 */
const noListYet = /^The for-list data is neither Array nor Object, got type "undefined"/
glassEasel.addGlobalWarningListener((message) => !noListYet.test(message))

/**
 * Sets up the framework for `app`. Errors in components go to `onError`, with the component's path;
 * they would otherwise be thrown into the code that happened to change the data.
 */
export function createFramework(
  app: LoadedApp,
  services: BuiltInServices,
  onError: (error: unknown, component?: string) => void,
  tick: () => true,
): Framework {
  // uni-app puts its handlers on the instance, not among the methods.
  glassEasel.globalOptions.useMethodCallerListeners = true
  glassEasel.globalOptions.throwGlobalError = false
  glassEasel.addGlobalErrorListener((error, _, component) => {
    onError(error, typeof component === 'object' ? component.is : component)
    return false
  })
  handPlainEvents()
  addCallerMembers()
  const environment = new MiniProgramEnv()
  const global = environment.getGlobalCodeSpace()
  setOptions(global)
  const known = [...builtIns, ...placeholders].filter(({ tag }) => services.versions.supports(tag))
  for (const definition of known) defineBuiltIn(global, definition, services)
  const space = environment.createCodeSpace('', true)
  setOptions(space)
  for (const { tag } of known) {
    const component = global.getComponentSpace().getComponentByUrl(`wx/${tag}`, '')
    space.getComponentSpace().setGlobalUsingComponent(`wx-${tag}`, component)
  }
  const context = new PhoneWindow()
  forwardGestures(context, forwardTouches().isLongPress)
  touchByMouse()
  const backend = environment.associateBackend(context)
  const templates = app.templates(createWxs(app.scripts, onError, tick))
  describeApp(space, backend, app, templates, services.warn)
  return { space, backend }
}
