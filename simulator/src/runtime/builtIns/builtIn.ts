import type { Platform, SubmitWithOpenType } from '../../wire'
import type { OpenPicker } from '../dialogues/picker'
import type { SoftKeyboard } from '../keyboard'
import type { OpenType, OpenTypeButton } from '../openTypes'
import type { PageContainers } from '../pageContainers'
import type { Versions } from '../versions'

/** Names and default values of a built-in component's properties. */
export type Props = Record<string, unknown>

/** One built-in component on a page. */
export interface BuiltInNode<P extends Props = Props> {
  readonly tag: string
  readonly props: Readonly<P>
  readonly dom: HTMLElement
  readonly dataset: Record<string, unknown>
  /** The page or component in whose template it is, by its path. */
  readonly owner: string
  /** What this component does; set once `create` has returned. */
  behaviour: Behaviour<P>
  /**
   * Fires an event of the component; those of built-ins do not bubble. `onReturn` is called with
   * what each of the app's handlers has returned.
   */
  emit(type: string, detail?: Record<string, unknown>, onReturn?: (returned: unknown) => void): void
  /** Changes properties from inside, as a switch does when it is tapped. */
  set(changes: Partial<P>): void
}

/** What a built-in component does. */
export interface Behaviour<P extends Props = Props> {
  /** Brings the document in line with the properties; called at first and after every change. */
  update?(): void
  /** Called with the new value, only if the view was sent a change. */
  changed?: { [K in keyof P]?: (value: P[K]) => void }
  /** A tap on it or inside it; `source` is the document's element that was tapped. */
  tap?(source: Element | undefined): void
  /** What a form collects under the component's `name`. */
  value?(): unknown
  /** What a form's reset does. */
  reset?(): void
  /** What a submit button inside does; only forms have it. */
  submit?(dataset: Record<string, unknown>): void
  /** What a selector query hands out as `node`: a canvas. */
  node?(): unknown
  /** What it hands out as `context`: that of a video, a map. */
  context?(): unknown
  detached?(): void
}

/** What `navigation-bar` may change; see `BarState`. */
export interface BarChange {
  title?: string
  background?: string
  textStyle?: string
}

/** What built-in components need of the rest of the simulator. */
export interface BuiltInServices {
  platform: Platform
  submitWithOpenType: SubmitWithOpenType
  keyboard: SoftKeyboard
  pageContainers: PageContainers
  /** Whether the person has agreed to the privacy terms, or these are not enforced. */
  isPrivacyAgreed(): boolean
  /**
   * Turns an app's path (asset, temporary file, URL) into an address for the browser.
   * @param owner where it is written: a path without a slash before it begins beside that
   */
  assetUrl(src: string, owner?: string): string
  /** Asks WeChat's side behind a button; resolves with the event's detail, undefined for no event. */
  openType(name: OpenType, button: OpenTypeButton): Promise<Record<string, unknown> | undefined>
  /** Asks WeChat's side something else; resolves with undefined where it fails or is declined. */
  ask(
    api: string,
    options: Record<string, unknown>,
    open?: OpenPicker,
  ): Promise<Record<string, unknown> | undefined>
  navigate(api: string, options: Record<string, unknown>): void
  /** Changes the navigation bar of the page that the element is on. */
  changeBar(dom: Element, change: BarChange): void
  /** What the base library knows; newer attributes, values and events never reach a component. */
  versions: Versions
  /** Reports a component that is not modelled, once for each name. */
  reportMissing(name: string, message: string): void
  /** Reports a mistake of the app's that WeChat only warns of; once for each message. */
  warn(message: string): void
  /** The share button was tapped. */
  share(dataset: Record<string, unknown>): void
}

/** A built-in component's definition. */
export interface BuiltIn {
  tag: string
  props: Props
  create(node: BuiltInNode, services: BuiltInServices): Behaviour
}

/** Defines a built-in component by its tag, its properties' defaults and what it does. */
export function defineBuiltIn<P extends Props>(
  tag: string,
  props: P,
  create: (node: BuiltInNode<P>, services: BuiltInServices) => Behaviour<P> = () => ({}),
): BuiltIn {
  // The registry knows the properties by name only; inside `create` they keep their types.
  return { tag, props, create: create as unknown as BuiltIn['create'] }
}

const nodes = new WeakMap<Element, BuiltInNode>()

/** Remembers which component an element belongs to. */
export const keepNode = (node: BuiltInNode) => void nodes.set(node.dom, node)

/** The built-in component behind an element of the document. */
export const nodeOf = (dom: Element | null | undefined) => (dom ? nodes.get(dom) : undefined)

/** The nearest component of this tag around `node`. */
export const closest = (node: Pick<BuiltInNode, 'dom'>, tag: string) =>
  nodeOf(node.dom.parentElement?.closest(`wx-${tag}`))

/** All components of these tags inside `node`, in document order. */
export const inside = (node: Pick<BuiltInNode, 'dom'>, ...tags: string[]) =>
  [...node.dom.querySelectorAll(tags.map((tag) => `wx-${tag}`).join())].flatMap(
    (dom) => nodeOf(dom) ?? [],
  )
