// Fingers, and the mouse in their place, as the framework's events.
import * as glassEasel from 'glass-easel'
import { isHandled } from './events'

const touchTypes = ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const

/** WeChat: 事件 › longpress, in ms. */
const longPress = 350
/** So far, in CSS pixels, a finger may move in a long press; the framework's taps allow as much. */
const tolerance = 10
/** Where the mouse is a finger: the app's pages, and what is dragged in WeChat's dialogues. */
const touchable = '#simulator-pages, .simulator-wheel'
/** For so many ms after a finger, the browser's mouse events are that finger's. */
const afterFinger = 1_000

/** The framework's window, except that `forwardTouches` hands it the touches. */
export class PhoneWindow extends glassEasel.CurrentWindowBackendContext {
  override setListenerStats(
    ...args: Parameters<glassEasel.CurrentWindowBackendContext['setListenerStats']>
  ): void {
    // Its own listeners are passive ones, which cannot keep the page from scrolling.
    if (!touchTypes.some((type) => type === args[1])) super.setListenerStats(...args)
  }
}

type OfFramework = Node & { __wxElement?: glassEasel.Element }

function elementAt(target: EventTarget | null): glassEasel.Element | undefined {
  let node = target as OfFramework | null
  while (node && !node.__wxElement) node = node.parentNode
  return node?.__wxElement
}

/** Dispatches an event that bubbles through components; returns it. */
function dispatch(target: glassEasel.Element, type: string, detail: object, original: Event) {
  const event = new glassEasel.Event(type, detail, {
    ...{ originalEvent: original, bubbles: true, composed: true, capturePhase: true },
  })
  glassEasel.Event.dispatchEvent(target, event)
  return event
}

/** Carries touches to the components, and makes long presses of them. */
export function forwardTouches(): { isLongPress(): boolean } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let from = { clientX: 0, clientY: 0 }
  let isHeld = false

  const begin = (event: TouchEvent) => {
    clearTimeout(timer)
    isHeld = false
    const [touch, another] = event.touches
    if (!touch || another) return
    from = touch
    timer = setTimeout(() => {
      const target = elementAt(event.target)
      if (!target) return
      const events = ['longpress', 'longtap'].map((type) => dispatch(target, type, {}, event))
      // What was pressed long is tapped no more, if somebody has listened.
      isHeld = isHandled(events[0]!)
    }, longPress)
  }
  const follow = ({ touches: [touch] }: TouchEvent) => {
    const moved = touch
      ? Math.max(Math.abs(touch.clientX - from.clientX), Math.abs(touch.clientY - from.clientY))
      : 0
    if (moved > tolerance) clearTimeout(timer)
  }
  for (const type of touchTypes) {
    document.addEventListener(
      type,
      (event) => {
        if (type === 'touchstart') begin(event)
        else if (type === 'touchmove') follow(event)
        else clearTimeout(timer)
        const target = elementAt(event.target)
        if (target && dispatch(target, type, {}, event).defaultPrevented() && event.cancelable)
          event.preventDefault()
      },
      { capture: true, passive: false },
    )
  }
  return { isLongPress: () => isHeld }
}

/** The mouse is a finger where no real one is, as in DevTools. */
export function touchByMouse(): void {
  let lastFinger = -Infinity
  let target: EventTarget | null = null

  const send = (type: (typeof touchTypes)[number], event: MouseEvent) => {
    if (!target) return
    const { clientX, clientY, pageX, pageY, screenX, screenY } = event
    const places = { clientX, clientY, pageX, pageY, screenX, screenY }
    const touch = new Touch({ identifier: 0, target, ...places })
    const touches = type === 'touchstart' || type === 'touchmove' ? [touch] : []
    target.dispatchEvent(
      new TouchEvent(type, {
        ...{ bubbles: true, cancelable: true, composed: true },
        ...{ touches, targetTouches: touches, changedTouches: [touch] },
      }),
    )
  }
  const listen = <Type extends keyof DocumentEventMap>(
    type: Type,
    listener: (event: DocumentEventMap[Type]) => void,
  ) => document.addEventListener(type, listener, { capture: true, passive: true })

  for (const type of touchTypes) {
    listen(type, ({ isTrusted, timeStamp }) => {
      if (isTrusted) lastFinger = timeStamp
    })
  }
  listen('mousedown', (event) => {
    const isFinger = event.timeStamp - lastFinger < afterFinger
    const isTouchable = event.target instanceof Element && event.target.closest(touchable)
    if (event.button !== 0 || isFinger || !isTouchable) return
    target = event.target
    send('touchstart', event)
  })
  listen('mousemove', (event) => {
    if (event.buttons % 2 === 1) send('touchmove', event)
  })
  listen('mouseup', (event) => {
    if (event.button !== 0) return
    send('touchend', event)
    target = null
  })
}
