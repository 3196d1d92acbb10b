// WeChat's SelectorQuery: what an app asks of the nodes that it has drawn.
import type * as glassEasel from 'glass-easel'
import { nodeOf } from './builtIns/builtIn'
import type { Caller } from './caller'
import { inView, scrollerOf, viewOf } from './pageView'

/** What `fields` may ask for. */
interface Wanted {
  id?: boolean
  dataset?: boolean
  mark?: boolean
  rect?: boolean
  size?: boolean
  scrollOffset?: boolean
  properties?: string[]
  computedStyle?: string[]
  context?: boolean
  node?: boolean
}

type Found = Record<string, unknown>
type Answer = Found | Found[] | null
type Listener = (found: Answer) => void

interface Question {
  component: Caller | undefined
  /** `null` is the view of the page. */
  selector: string | null
  isSingle: boolean
  wanted: Wanted
  listener: Listener | undefined
}

/** The nodes of one selector; every question about them returns the query. */
export interface NodesRef {
  fields(wanted: Wanted, listener?: Listener): SelectorQuery
  boundingClientRect(listener?: Listener): SelectorQuery
  scrollOffset(listener?: Listener): SelectorQuery
  context(listener?: Listener): SelectorQuery
  node(listener?: Listener): SelectorQuery
}

/** Questions that are answered together. */
export interface SelectorQuery {
  in(component: unknown): SelectorQuery
  select(selector: string): NodesRef
  selectAll(selector: string): NodesRef
  selectViewport(): NodesRef
  exec(listener?: (answers: Answer[]) => void): void
}

const domOf = (element: glassEasel.Element) => element.$$ as unknown as HTMLElement | null

function scrolled({ scrollLeft, scrollTop, scrollWidth, scrollHeight }: HTMLElement) {
  return { scrollLeft, scrollTop, scrollWidth, scrollHeight }
}

function measureViewport(view: HTMLElement | null, wanted: Wanted): Found | null {
  if (!view) return null
  const { clientWidth: width, clientHeight: height } = view
  return {
    ...(wanted.id && { id: '' }),
    ...(wanted.dataset && { dataset: {} }),
    ...(wanted.rect && { left: 0, top: 0, right: width, bottom: height }),
    ...(wanted.size && { width, height }),
    ...(wanted.scrollOffset && scrolled(scrollerOf(view))),
  }
}

/** A virtual host has no box of its own. */
const noBox = new DOMRect()

function measure(element: glassEasel.Element, wanted: Wanted): Found {
  const dom = domOf(element)
  const view = viewOf(dom)
  const { width, height, ...rect } = inView(dom?.getBoundingClientRect() ?? noBox, view)
  const builtIn = nodeOf(dom)
  const { data } = element as unknown as Partial<Pick<Caller, 'data'>>
  const style = dom ? getComputedStyle(dom) : undefined
  const { behaviour } = builtIn ?? {}
  return {
    ...(wanted.id && { id: element.id }),
    ...(wanted.dataset && { dataset: { ...element.dataset } }),
    ...(wanted.mark && { mark: element.collectMarks() }),
    ...(wanted.rect && rect),
    ...(wanted.size && { width, height }),
    ...(wanted.scrollOffset && dom && scrolled(dom)),
    ...pick(wanted.properties, (name) => (builtIn?.props ?? data)?.[name]),
    ...pick(wanted.computedStyle, (name) => style?.[name as keyof CSSStyleDeclaration]),
    ...(wanted.context && { context: behaviour?.context?.() ?? null }),
    ...(wanted.node && { node: behaviour?.node?.() ?? null }),
  }
}

const pick = (names: string[] | undefined, value: (name: string) => unknown): Found =>
  Object.fromEntries((names ?? []).map((name) => [name, value(name)]))

function answer({ component, selector, isSingle, wanted }: Question): Answer {
  if (selector === null) {
    const dom = component && domOf(component._$)
    const page = dom ?? document.querySelector('.simulator-webview:not([hidden])')
    return measureViewport(viewOf(page), wanted)
  }
  const tree = component?._$.getShadowRoot()
  if (!isSingle) return tree?.querySelectorAll(selector).map((one) => measure(one, wanted)) ?? []
  const element = tree?.querySelector(selector)
  return element ? measure(element, wanted) : null
}

const isCaller = (value: unknown): value is Caller =>
  typeof value === 'object' && value !== null && '_$' in value

/** `page` is asked for only when the query is executed: apps may make one before there is a page. */
export function createSelectorQuery(page: () => Caller | undefined): SelectorQuery {
  const questions: (Omit<Question, 'component'> & { component: () => Caller | undefined })[] = []
  let component = page
  const nodes = (selector: string | null, isSingle: boolean): NodesRef => {
    const scope = component
    const ask = (wanted: Wanted, listener?: Listener) => {
      questions.push({ component: scope, selector, isSingle, wanted, listener })
      return query
    }
    const known = { id: true, dataset: true }
    return {
      fields: ask,
      boundingClientRect: (listener) => ask({ ...known, rect: true, size: true }, listener),
      scrollOffset: (listener) => ask({ ...known, scrollOffset: true }, listener),
      context: (listener) => ask({ context: true }, listener),
      node: (listener) => ask({ node: true }, listener),
    }
  }
  const query: SelectorQuery = {
    in(given) {
      if (isCaller(given)) component = () => given
      return query
    },
    select: (selector) => nodes(selector, true),
    selectAll: (selector) => nodes(selector, false),
    selectViewport: () => nodes(null, true),
    exec(listener) {
      setTimeout(() => {
        const answers = questions.map((question) => ({
          listener: question.listener,
          found: answer({ ...question, component: question.component() }),
        }))
        for (const { listener, found } of answers) attempt(listener, found)
        attempt(
          listener,
          answers.map(({ found }) => found),
        )
      })
    },
  }
  return query
}

function attempt<Value>(listener: ((value: Value) => void) | undefined, value: Value): void {
  try {
    listener?.(value)
  } catch (error) {
    // The other listeners are called all the same.
    reportError(error)
  }
}
