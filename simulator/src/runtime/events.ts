import * as glassEasel from 'glass-easel'

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

const touchOf = ({ pageX, pageY, clientX, clientY }: MouseEvent) => ({
  identifier: 0,
  pageX,
  pageY,
  clientX,
  clientY,
})

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
      if (original instanceof MouseEvent) {
        Object.assign(plain, { touches: [touchOf(original)], changedTouches: [touchOf(original)] })
      }
    }
    for (const method of ['stopPropagation', 'preventDefault', 'markMutated'] as const) {
      Object.defineProperty(plain, method, { get: () => () => this[method](), set() {} })
    }
    return plain as unknown as glassEasel.ShadowedEvent<unknown>
  }
}

const gestures = /^(tap|canceltap|touch|transitionend|animation)/

/**
 * Carries gestures from the document to the components. Nothing else is carried: the document's own
 * `input` or `scroll` would reach handlers without WeChat's `detail`.
 */
export function forwardGestures(context: glassEasel.CurrentWindowBackendContext): void {
  context.onEvent((target, type, detail, options) => {
    if (!gestures.test(type)) return undefined
    const disabled = domOf(target)?.closest('wx-button[data-disabled]')
    if (type === 'tap' && disabled) return undefined
    const event = new glassEasel.Event(type, detail as unknown, options)
    glassEasel.Event.dispatchEvent(target, event)
    return event.getEventBubbleStatus()
  })
}
