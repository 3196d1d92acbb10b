import { onHide, onUnload } from '@dcloudio/uni-app'
import { computed, getCurrentInstance, onScopeDispose, reactive, ref, toValue, watch } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import { tryHost } from '../uni/hostCall'
import { isH5 } from '../uni/target'
import { timers } from '../uni/timers'
import { ignoreComposedEnter, openPicker } from './browser'
import { createFocusChain } from './focusChain'
import { readLinks, type FocusLink, type FocusLinks } from './focusLinks'
import { createReveal } from './reveal'

/** What {@link useFocusChain} calls back. */
export interface UseFocusChainOptions {
  /** Called when the user confirms the last field: submit, or close the keyboard. */
  onDone?(): void
}

/** What the template of one field binds. All members are reactive; do not write to them. */
export interface FocusField {
  /** For `:focus`. For a picker: whether it is the current field, e.g. for a class. */
  readonly focus: boolean
  /** For `:confirm-type`: `done` on the last field, `return` in a textarea. */
  readonly confirmType: 'next' | 'done' | 'return'
  /** For `:confirm-hold`: keeps the keyboard up if the next field needs it. */
  readonly confirmHold: boolean
  /** For `@focus`; on a picker for `@tap`. */
  onFocus(): void
  /** For `@blur`; on a picker for `@cancel`. */
  onBlur(): void
  /** For `@confirm`; on a picker for `@change`. Moves on; on the last field calls `onDone`. */
  onConfirm(): void
  /** For `@input`, if the field has a `maxlength` at which to move on. */
  onInput(event: unknown): void
}

/** What {@link useFocusChain} returns: what each field binds, and how to move the focus. */
export interface UseFocusChainReturn<Name extends string = string> {
  /** What each field binds, by name. */
  readonly fields: Readonly<Record<Name, FocusField>>
  /** The field that has the focus, or will have it in a moment. Reactive. */
  readonly current: Name | undefined
  /** Whether the current field is a picker, which has no keyboard. Reactive. */
  readonly isPicking: boolean
  /** Whether a field precedes the current one. Reactive. */
  readonly hasPrevious: boolean
  /** Whether a field follows the current one. Reactive. */
  readonly hasNext: boolean
  /**
   * Moves the focus to a field, e.g. the first invalid one, and scrolls it into view. Ignores a field
   * that is `off` or gone.
   * @throws FocusChainError `unknown_field`; like every call, `duplicate_field` if a getter returns one
   * name twice.
   */
  focus(name: Name): void
  /** Moves to the next field, or to the first if none is current. After the last one calls `onDone`. */
  next(): void
  /** Moves to the previous field. */
  previous(): void
  /** Puts the keyboard away. Fields with `hold-keyboard` need it before something covers the page. */
  blur(): void
  /** Scrolls the current field above what covers the window's bottom, in px. Default: the last value. */
  reveal(covered?: number): void
}

/**
 * Lets the user fill a form with the keyboard alone. Call it in the `setup` of the page or component
 * that has the fields, and bind each field as its {@link FocusField} says. Leaving the page resets it.
 *
 * @param links the fields in order. Pass a getter or a ref if fields come and go, or are `off` at
 * times: it is read again at each event. If it then holds one name twice, the event throws, or Vue's
 * error handler gets the error, and the chain stays as it was.
 * @returns the fields to bind, and the calls that move the focus.
 * @throws FocusChainError `empty_chain`, `duplicate_field`.
 * @example
 * import { useFocusChain } from 'watchword/forms'
 *
 * // In the template: <input id="name" :focus="fields.name.focus" … />
 * const { fields } = useFocusChain(['name', 'phone'], { onDone: () => uni.hideKeyboard() })
 */
export function useFocusChain<Name extends string>(
  links: MaybeRefOrGetter<FocusLinks<Name>>,
  options: UseFocusChainOptions = {},
): UseFocusChainReturn<Name> {
  const fields = reactive({}) as Record<Name, { -readonly [K in keyof FocusField]: FocusField[K] }>
  const current = ref<Name>()
  const isPicking = ref(false)
  const hasPrevious = ref(false)
  const hasNext = ref(false)
  const reveal = createReveal(getCurrentInstance()?.proxy)
  const given = computed(() => readLinks(toValue(links)))
  let read = given.value
  let placed = read
  placed.forEach(addField)

  const chain = createFocusChain<Name>({
    links: placed,
    timers: {
      now: timers.now,
      // What ends by itself changes the current field too.
      after: (ms, callback) =>
        timers.after(ms, () => {
          callback()
          follow()
        }),
    },
    onFlag: (name, up) => (fields[name].focus = up),
    onTurn(name, isAsked) {
      hideKeyboard()
      // Nothing but a tap opens WeChat's own picker.
      if (isH5 && isAsked) openPicker(name)
    },
    ...options,
  })

  function addField({ name }: FocusLink<Name>): void {
    fields[name] ??= {
      focus: false,
      confirmType: 'next',
      confirmHold: false,
      onFocus: () => tell(() => chain.focus(name)),
      onBlur: () => tell(() => chain.blur(name)),
      onConfirm: () => tell(() => chain.confirm(name)),
      onInput(event) {
        const { value, cursor } = { ...(event as { detail?: InputDetail } | null)?.detail }
        if (typeof value !== 'string') return
        tell(() => chain.input(name, value, typeof cursor === 'number' ? cursor : undefined))
      },
    }
  }

  /** What the template of each field binds of its place. */
  function place(): void {
    const present = placed.filter(({ off }) => !off)
    present.forEach(({ name, kind }, at) => {
      const following = present[at + 1]
      const isText = kind === undefined || kind === 'input'
      fields[name].confirmType = !isText ? 'return' : following ? 'next' : 'done'
      fields[name].confirmHold = isText && following !== undefined && following.kind !== 'picker'
    })
    follow()
  }

  function follow(): void {
    const name = (current.value = chain.current())
    isPicking.value = placed.some((link) => link.name === name && link.kind === 'picker')
    hasPrevious.value = name !== undefined && chain.neighbour(name, -1) !== undefined
    hasNext.value = name !== undefined && chain.neighbour(name, 1) !== undefined
  }

  /** Takes over what the form has become, also in the handler that made it so. */
  function update(): void {
    if (given.value === read) return
    read = given.value
    read.forEach(addField)
    chain.setLinks(read)
    placed = read
    place()
  }

  function tell(happened: () => void): void {
    update()
    happened()
    follow()
  }

  place()
  watch(given, update)

  const leave = () => {
    chain.reset()
    follow()
  }
  onHide(leave)
  onUnload(leave)
  onScopeDispose(leave)
  if (isH5) onScopeDispose(ignoreComposedEnter(() => current.value !== undefined))

  return {
    fields,
    get current() {
      return current.value as Name | undefined
    },
    get isPicking() {
      return isPicking.value
    },
    get hasPrevious() {
      return hasPrevious.value
    },
    get hasNext() {
      return hasNext.value
    },
    focus(name) {
      tell(() => chain.request(name))
      if (current.value === name) reveal(name)
    },
    next: () => tell(chain.next),
    previous: () => tell(chain.previous),
    blur() {
      hideKeyboard()
      tell(chain.release)
    },
    reveal: (covered) => reveal(current.value, covered),
  }
}

/**
 * Fails where there is no keyboard. Where it should have worked, the flags that are lowered do the same for
 * the fields that they have raised.
 */
function hideKeyboard(): void {
  void tryHost((callbacks) => (uni.hideKeyboard as (options: object) => void)(callbacks))
}

/** Hosts differ: `cursor` is missing or null on some. */
interface InputDetail {
  value?: unknown
  cursor?: unknown
}
