import type { Boot } from '../../wire'
import { createDrawing, type Press } from './drawing'
import {
  barHeight,
  hasConfirmKey,
  keyboardHeights,
  layoutOf,
  type KeyboardType,
  type KeyPage,
} from './layouts'
import { isWithinReach, pushPage, putPagesBack } from './pagePosition'
import { keyboardWords, nicknameOf, type ConfirmType } from './words'

/** What a field asks of the keyboard. */
export interface KeyboardWishes {
  type: KeyboardType
  confirm: ConfirmType
  /** iOS draws a bar with 完成 above the keys of a textarea. */
  confirmBar: boolean
  adjustPosition: boolean
  /** In CSS pixels. */
  cursorSpacing: number
  holdKeyboard: boolean
}

/** A field that keys are typed into. */
export interface KeyboardField {
  readonly element: HTMLInputElement | HTMLTextAreaElement
  wishes(): KeyboardWishes
  /** The confirm key. */
  confirm(): void
  /** 完成 in the bar above the keys. */
  finish(): void
  blur(): void
  /** Another field has the focus now. */
  leave(): void
  heightChanged(height: number, duration: number): void
}

/** The keyboard as it is seen; heights are in CSS pixels. */
export interface KeyboardState {
  visible: boolean
  height: number
  /** What stands on the confirm key, if there is one. */
  confirmLabel?: string
}

/** Told of the keyboard's height by `wx.onKeyboardHeightChange`. */
export type HeightListener = (result: { height: number }) => void

/** The phone's keyboard: up while a field has the focus. */
export interface SoftKeyboard {
  /** The field that is typed into. */
  readonly field: KeyboardField | undefined
  /** The field has the focus. */
  rise(field: KeyboardField): void
  /** The field has lost the focus, and no other field has it. */
  sink(field: KeyboardField): void
  /** The field's wishes or its place may have changed. */
  refresh(field: KeyboardField): void
  /** Takes the focus from the field, as `wx.hideKeyboard` does. */
  dismiss(): void
  listen(listener: HeightListener): void
  /** Without a listener: all of them. */
  unlisten(listener?: HeightListener): void
  state(): KeyboardState
  /** Scrolls to an element that keyboard or bar cover; dismisses the keyboard where that is not enough. */
  uncover(element: Element): void
}

/** How long iOS takes to move its keyboard, in s; Android tells 0. */
const riseTime = 0.25

/** Draws the keyboard at the bottom of the phone's screen. */
export function createSoftKeyboard({
  platform,
  language,
  person,
}: Pick<Boot, 'platform' | 'language' | 'person'>): SoftKeyboard {
  const words = keyboardWords[language]
  const isAndroid = platform === 'android'
  const duration = isAndroid ? 0 : riseTime
  const listeners = new Set<HeightListener>()
  let field: KeyboardField | undefined
  let wishes: KeyboardWishes | undefined
  let page: KeyPage = 'letters'
  let isShifted = false
  let height = 0

  const barOf = ({ type, confirmBar }: KeyboardWishes) => {
    if (type === 'nickname') return 'nickname'
    return confirmBar && !isAndroid ? 'confirm' : undefined
  }
  // Typed as by a person: within maxlength, whole characters, undone by the browser, with events
  // the page can trust. Nothing that is not deprecated does that.
  const edit = (command: 'insertText' | 'delete' | 'selectAll', text?: string) =>
    document.execCommand(command, false, text)
  const press = (pressed: Press) => {
    const before = [page, isShifted].join()
    if (pressed.kind === 'character') {
      edit('insertText', pressed.text)
      isShifted = false
    } else if (pressed.kind === 'space') edit('insertText', ' ')
    else if (pressed.kind === 'backspace') edit('delete')
    else if (pressed.kind === 'shift') isShifted = !isShifted
    else if (pressed.kind === 'page') page = pressed.page
    else if (pressed.kind === 'finish') field?.finish()
    else if (pressed.kind === 'nickname') {
      edit('selectAll')
      edit('insertText', nicknameOf(person))
    } else if (wishes?.confirm === 'return') edit('insertText', '\n')
    else field?.confirm()
    if ([page, isShifted].join() !== before) draw()
  }
  const { element, draw: drawKeys } = createDrawing(platform, words, press)
  document.body.append(element)

  const draw = () => {
    if (!wishes) return
    drawKeys({
      layout: layoutOf(wishes.type, platform, page),
      confirm: wishes.confirm,
      isShifted,
      bar: barOf(wishes),
    })
  }
  const place = () => {
    if (!field || !wishes) return
    if (wishes.adjustPosition) pushPage(field.element, wishes.cursorSpacing, height)
    else putPagesBack()
  }
  const tell = (told: KeyboardField, now: number) => {
    told.heightChanged(now, duration)
    for (const listener of listeners) {
      try {
        listener({ height: now })
      } catch (error) {
        // The app's own error: it goes to its error handler and spoils nothing here.
        reportError(error)
      }
    }
  }
  const show = (shown: KeyboardField) => {
    wishes = shown.wishes()
    height = keyboardHeights[platform] + (barOf(wishes) ? barHeight : 0)
    element.style.setProperty('--keyboard-height', `${height}px`)
    element.toggleAttribute('data-risen', true)
    draw()
    place()
  }

  return {
    get field() {
      return field
    },
    rise(risen) {
      const before = { field, type: wishes?.type, height }
      field = risen
      page = 'letters'
      isShifted = false
      show(risen)
      const isOther = before.field !== undefined && before.field !== risen
      // Android changes its keyboard by putting it away first; iOS tells an unchanged height again.
      const isReplaced = isAndroid && isOther && before.type !== wishes?.type
      if (isReplaced) tell(before.field!, 0)
      if (isReplaced || !isAndroid || before.height !== height) tell(risen, height)
      if (isOther) before.field!.leave()
    },
    sink(sunk) {
      if (field !== sunk) return
      putPagesBack()
      element.toggleAttribute('data-risen', false)
      field = wishes = undefined
      height = 0
      tell(sunk, 0)
    },
    refresh(changed) {
      if (field !== changed) return
      const before = height
      if (JSON.stringify(changed.wishes()) === JSON.stringify(wishes)) return place()
      show(changed)
      if (height !== before) tell(changed, height)
    },
    dismiss: () => field?.blur(),
    listen: (listener) => void listeners.add(listener),
    unlisten: (listener) => (listener ? void listeners.delete(listener) : listeners.clear()),
    state() {
      const labelled = wishes && hasConfirmKey(wishes.type, platform)
      return {
        visible: field !== undefined,
        height,
        ...(labelled && { confirmLabel: words[wishes!.confirm] }),
      }
    },
    uncover(covered) {
      if (!field || isWithinReach(covered, height)) return
      covered.scrollIntoView({ block: 'center', behavior: 'instant' })
      if (!isWithinReach(covered, height)) field.blur()
    },
  }
}
