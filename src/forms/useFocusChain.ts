import { onHide, onUnload } from '@dcloudio/uni-app'
import { computed, getCurrentInstance, onScopeDispose, reactive, ref, toValue, watch } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import { isH5 } from '../uni/target'
import { timers } from '../uni/timers'
import { ignoreComposedEnter, openPicker } from './browser'
import { createFocusChain } from './focusChain'
import { readLinks, type FocusLink, type FocusLinks } from './focusLinks'
import { createReveal } from './reveal'

export interface UseFocusChainOptions {
  /** The last field was confirmed: submit, or close the keyboard. */
  onDone?(): void
}

/** What the template of one field binds. All of it is reactive, and only to be read. */
export interface FocusField {
  /** For `:focus`. Of a picker: whether it is its turn, e.g. for a class. */
  readonly focus: boolean
  /** For `:confirm-type`: `done` on the last field, `return` in a textarea. */
  readonly confirmType: 'next' | 'done' | 'return'
  /** For `:confirm-hold`: the keyboard stays up where another field follows that needs it. */
  readonly confirmHold: boolean
  /** For `@focus`; of a picker for `@tap`. */
  onFocus(): void
  /** For `@blur`; of a picker for `@cancel`. */
  onBlur(): void
  /** For `@confirm`; of a picker for `@change`. Moves on, or calls `onDone` after the last field. */
  onConfirm(): void
  /** For `@input`, where the field is to move on at its `maxlength`. */
  onInput(event: unknown): void
}

export interface UseFocusChainReturn<Name extends string = string> {
  /** By name. */
  readonly fields: Readonly<Record<Name, FocusField>>
  /** The field that has the focus or is getting it; reactive. */
  readonly current: Name | undefined
  /** Whether the current field is a picker, which has no keyboard; reactive. */
  readonly isPicking: boolean
  /** Whether there is a field before, after the current one; reactive. */
  readonly hasPrevious: boolean
  readonly hasNext: boolean
  /**
   * Moves the focus to a field, e.g. to the first invalid one, and scrolls it into view; a field
   * that is off or gone is ignored.
   * @throws FocusChainError `unknown_field`; as every call, `duplicate_field` of a getter.
   */
  focus(name: Name): void
  /** To the field after the current one, after the last one `onDone`; to the first if none is. */
  next(): void
  /** To the field before the current one. */
  previous(): void
  /** Puts the keyboard away: before what opens something over the page, where the fields hold it. */
  blur(): void
  /** Scrolls the current field above what covers the window's bottom, in px; kept if not given. */
  reveal(covered?: number): void
}

/**
 * Lets a form be filled by the keyboard alone. To be called in the `setup` of a page or of a
 * component on it, the one that has the fields; leaving the page lowers the flags.
 *
 * ```html
 * <input id="name" :focus="fields.name.focus" :confirm-type="fields.name.confirmType"
 *   :confirm-hold="fields.name.confirmHold" @focus="fields.name.onFocus"
 *   @blur="fields.name.onBlur" @confirm="fields.name.onConfirm" />
 * ```
 * with `const { fields } = useFocusChain(['name', 'phone'])`.
 *
 * @param links The fields in their order: a getter or ref where they come and go, or are `off` at
 * times. It is read again at each event too. A list that has one name twice then throws out of the
 * event or goes to Vue's error handler, and the chain stays as it was.
 * @throws FocusChainError `empty_chain`, `duplicate_field`.
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
      // What ends by itself is told too.
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

/** Fails where there is no keyboard; without a callback WeChat makes a rejection of that. */
function hideKeyboard(): void {
  try {
    ;(uni.hideKeyboard as (options: object) => void)({ fail() {} })
  } catch {
    // The flags that are lowered do the same for the fields that they have raised.
  }
}

/** Hosts differ: `cursor` is missing or null on some. */
interface InputDetail {
  value?: unknown
  cursor?: unknown
}
