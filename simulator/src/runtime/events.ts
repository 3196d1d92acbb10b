import * as glassEasel from 'glass-easel'
import { scrollerOf, viewOf } from './pageView'

type CallerOrElement = glassEasel.GeneralComponent | { _$: glassEasel.GeneralComponent }

/** What a handler of WeChat learns of an event's target. */
interface TargetInfo {
  id: string
  dataset: Record<string, unknown>
  offsetLeft: number
  offsetTop: number
}

const domOf = (element: glassEasel.Element) => element.$$ as unknown as HTMLElement | null

const targetInfo = (target: CallerOrElement): TargetInfo => {
  const element = elementOf(target)
  const dom = domOf(element)
  return {
    id: element.id,
    dataset: { ...element.dataset },
    offsetLeft: dom?.offsetLeft ?? 0,
    offsetTop: dom?.offsetTop ?? 0,
  }
}

/** The document's element under the finger; kept beside the plain event for the built-ins. */
const sources = new WeakMap<object, Element>()

/** The component whose handler is called, kept beside the plain event for WXS. */
const currentTargets = new WeakMap<object, glassEasel.Element>()

/** The component that an event is handed to. */
export const currentTargetOf = (event: object) => currentTargets.get(event)

const elementOf = (target: CallerOrElement): glassEasel.Element =>
  '_$' in target ? target._$ : target

/** The document's element an event began at, where it came from the document. */
export const sourceOf = (event: object) => sources.get(event)

/** Where a tap is: WeChat's `detail` counts from the corner of the page. */
const tapOf = ({ changedTouches = [] }: ReturnType<typeof fingersOf>) => {
  const [touch] = changedTouches
  return touch && { touches: changedTouches, detail: { x: touch.pageX, y: touch.pageY } }
}

const handled = new WeakSet<object>()

/** Whether a handler has been called with this event. */
export const isHandled = (event: glassEasel.Event<unknown>) => handled.has(event)

type Place = Pick<Touch, 'clientX' | 'clientY'> & Partial<Pick<Touch, 'identifier' | 'force'>>

type Finger = Record<'identifier' | 'force' | 'clientX' | 'clientY' | 'pageX' | 'pageY', number>

/** A finger as WeChat has it: from the corner of the page's view, and of the page itself. */
function touchesIn(view: HTMLElement | null, places: Iterable<Place>): Finger[] {
  const { left, top } = view?.getBoundingClientRect() ?? { left: 0, top: 0 }
  const { scrollLeft, scrollTop } = view ? scrollerOf(view) : { scrollLeft: 0, scrollTop: 0 }
  return Array.from(places, ({ identifier = 0, force = 1, clientX, clientY }) => {
    const [x, y] = [clientX - left, clientY - top]
    return {
      identifier,
      force,
      clientX: x,
      clientY: y,
      pageX: x + scrollLeft,
      pageY: y + scrollTop,
    }
  })
}

/** The fingers of an event of the document; none where it is of none. */
function fingersOf(original: Event): { touches?: Finger[]; changedTouches?: Finger[] } {
  const view = viewOf(original.target as Element)
  if (original instanceof MouseEvent) {
    const touches = touchesIn(view, [original])
    return { touches, changedTouches: touches }
  }
  if (!(original instanceof TouchEvent)) return {}
  const { touches, changedTouches } = original
  return { touches: touchesIn(view, touches), changedTouches: touchesIn(view, changedTouches) }
}

/**
 * Hands plain objects to handlers, as WeChat does: uni-app looks for an own `detail`. The methods that
 * stop an event cannot be overwritten, or uni-app's wrapping of events would break `catchtap`.
 */
export function handPlainEvents(): void {
  glassEasel.Event.prototype.wrapShadowedEvent = function (
    target,
    mark,
    currentTarget,
  ): glassEasel.ShadowedEvent<unknown> {
    handled.add(this)
    const plain = {
      type: this.type,
      timeStamp: this.timeStamp,
      target: targetInfo(target as CallerOrElement),
      currentTarget: targetInfo(currentTarget as CallerOrElement),
      mark: mark ?? {},
      detail: this.detail,
      ...this.extraFields,
    }
    currentTargets.set(plain, elementOf(currentTarget as CallerOrElement))
    const original = this.getOriginalEvent()
    if (original instanceof Event && original.target instanceof Element) {
      sources.set(plain, original.target)
      Object.assign(plain, fingersOf(original))
      // Made of a finger that has left, a tap still has it.
      if (this.type === 'tap') Object.assign(plain, tapOf(fingersOf(original)))
    }
    for (const method of ['stopPropagation', 'preventDefault', 'markMutated'] as const) {
      Object.defineProperty(plain, method, { get: () => () => this[method](), set() {} })
    }
    return plain as unknown as glassEasel.ShadowedEvent<unknown>
  }
}

const gestures = /^(tap|canceltap|transitionend|animation)/

/**
 * Carries taps and the ends of animations from the document to the components. Nothing else is
 * carried: the document's own `input` or `scroll` would reach handlers without WeChat's `detail`.
 * What was pressed for long (`isLongPress`) is no tap.
 */
export function forwardGestures(
  context: glassEasel.CurrentWindowBackendContext,
  isLongPress: () => boolean,
): void {
  context.onEvent((target, type, detail, options) => {
    if (!gestures.test(type)) return undefined
    const disabled = domOf(target)?.closest('wx-button[data-disabled]')
    if (type === 'tap' && (disabled || isLongPress())) return undefined
    const event = new glassEasel.Event(type, detail as unknown, options)
    glassEasel.Event.dispatchEvent(target, event)
    return event.getEventBubbleStatus()
  })
}
