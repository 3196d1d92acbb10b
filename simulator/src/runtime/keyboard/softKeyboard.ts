import { isComputer, isLikeAndroid } from '../../platforms'
import type { Boot } from '../../wire'
import { createKeyboardDrawing, type Press } from './drawing'
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

/** How a field wants the keyboard. */
export interface KeyboardOptions {
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
  options(): KeyboardOptions
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
  /** The label of the confirm key, if the keyboard has one. */
  confirmLabel?: string
}

/** A listener of `wx.onKeyboardHeightChange`. */
export type HeightListener = (result: { height: number }) => void

/** The phone's keyboard: up while a field has the focus. */
export interface SoftKeyboard {
  /** The field that is typed into. */
  readonly field: KeyboardField | undefined
  /** The field has the focus. */
  rise(field: KeyboardField): void
  /** The field has lost the focus, and no other field has it. */
  sink(field: KeyboardField): void
  /** The field's options or its position may have changed. */
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

/** How long iOS takes to move its keyboard, in s; Android reports 0. */
const riseTime = 0.25

/** Draws the keyboard at the bottom of the phone's screen. */
export function createSoftKeyboard({
  platform,
  language,
  person,
}: Pick<Boot, 'platform' | 'language' | 'person'>): SoftKeyboard {
  const words = keyboardWords[language]
  const isAndroid = isLikeAndroid(platform)
  const isDrawn = !isComputer(platform)
  const duration = isAndroid ? 0 : riseTime
  const listeners = new Set<HeightListener>()
  let field: KeyboardField | undefined
  let options: KeyboardOptions | undefined
  let page: KeyPage = 'letters'
  let isShifted = false
  let height = 0

  const barOf = ({ type, confirmBar }: KeyboardOptions) => {
    if (type === 'nickname') return 'nickname'
    return confirmBar && !isAndroid ? 'confirm' : undefined
  }
  // Typed as by a person: within maxlength, whole characters, undone by the browser, with events
  // the page can trust. Nothing that is not deprecated does that.
  const edit = (command: 'insertText' | 'delete' | 'selectAll', text?: string) =>
    document.execCommand(command, false, text)
  const press = (pressed: Press) => {
    const before = [page, isShifted].join()
    switch (pressed.kind) {
      case 'character':
        edit('insertText', pressed.text)
        isShifted = false
        break
      case 'space':
        edit('insertText', ' ')
        break
      case 'backspace':
        edit('delete')
        break
      case 'shift':
        isShifted = !isShifted
        break
      case 'page':
        page = pressed.page
        break
      case 'finish':
        field?.finish()
        break
      case 'nickname':
        edit('selectAll')
        edit('insertText', nicknameOf(person))
        break
      case 'confirm':
        if (options?.confirm === 'return') edit('insertText', '\n')
        else field?.confirm()
        break
    }
    if ([page, isShifted].join() !== before) draw()
  }
  const { element, draw: drawKeys } = createKeyboardDrawing(platform, words, press)
  document.body.append(element)

  const draw = () => {
    if (!options) return
    drawKeys({
      layout: layoutOf(options.type, platform, page),
      confirm: options.confirm,
      isShifted,
      bar: barOf(options),
    })
  }
  const place = () => {
    if (!field || !options) return
    if (options.adjustPosition) pushPage(field.element, options.cursorSpacing, height)
    else putPagesBack()
  }
  const tell = (field: KeyboardField, now: number) => {
    field.heightChanged(now, duration)
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
    options = shown.options()
    height = isDrawn ? keyboardHeights[platform] + (barOf(options) ? barHeight : 0) : 0
    element.style.setProperty('--keyboard-height', `${height}px`)
    element.toggleAttribute('data-risen', isDrawn)
    draw()
    place()
  }

  return {
    get field() {
      return field
    },
    rise(risen) {
      const before = { field, type: options?.type, height }
      field = risen
      page = 'letters'
      isShifted = false
      show(risen)
      const isOther = before.field !== undefined && before.field !== risen
      // Android changes its keyboard by putting it away first; iOS reports an unchanged height again.
      const isReplaced = isAndroid && isOther && before.type !== options?.type
      if (isReplaced) tell(before.field!, 0)
      if (isDrawn && (isReplaced || !isAndroid || before.height !== height)) tell(risen, height)
      if (isOther) before.field!.leave()
    },
    sink(sunk) {
      if (field !== sunk) return
      putPagesBack()
      element.toggleAttribute('data-risen', false)
      field = options = undefined
      height = 0
      if (isDrawn) tell(sunk, 0)
    },
    refresh(changed) {
      if (field !== changed) return
      const before = height
      if (JSON.stringify(changed.options()) === JSON.stringify(options)) return place()
      show(changed)
      if (height !== before) tell(changed, height)
    },
    dismiss: () => field?.blur(),
    listen: (listener) => void listeners.add(listener),
    unlisten: (listener) => (listener ? void listeners.delete(listener) : listeners.clear()),
    state() {
      const labelled = options && hasConfirmKey(options.type, platform)
      return {
        visible: isDrawn && field !== undefined,
        height,
        ...(labelled && { confirmLabel: words[options!.confirm] }),
      }
    },
    uncover(covered) {
      if (!field || isWithinReach(covered, height)) return
      covered.scrollIntoView({ block: 'center', behavior: 'instant' })
      if (!isWithinReach(covered, height)) field.blur()
    },
  }
}
