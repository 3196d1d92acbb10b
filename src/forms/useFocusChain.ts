import { onHide, onUnload } from '@dcloudio/uni-app'
import { onScopeDispose, reactive, ref } from 'vue'
import { timers } from '../platform/timers'
import { createFocusChain } from './focusChain'

export interface UseFocusChainOptions {
  /** The last field was confirmed: submit, or close the keyboard. */
  onDone?(): void
}

/**
 * What a form's template binds. Each call throws FocusChainError `unknown_field` for a name
 * that is not in the chain.
 */
export interface UseFocusChainReturn<Name extends string> {
  /** For `:focus`, by name; reactive, and only to be read. */
  readonly flags: Readonly<Record<Name, boolean>>
  /** For `:confirm-type`: `done` on the last field that is enabled. */
  type(name: Name): 'next' | 'done'
  /** For `@confirm`: moves on to the next field that is enabled, or calls `onDone`. */
  next(name: Name): void
  /** For `@focus`: tells that the field has got the focus. To move it there, see `goTo`. */
  focus(name: Name): void
  /** For `@blur`: tells that the field has lost the focus. */
  blur(name: Name): void
  /** Moves the focus to a field, e.g. to the first invalid one; a disabled one is ignored. */
  goTo(name: Name): void
  /** Leaves a field out, e.g. one that is hidden or disabled, until `enable`. */
  disable(name: Name): void
  enable(name: Name): void
}

/**
 * Lets the keyboard's confirm key go from field to field of a form, every time. To be called
 * in the `setup` of a page or of a component on it; leaving the page lowers the flags.
 *
 * ```html
 * <input :focus="flags.name" :confirm-type="chain.type('name')"
 *   :confirm-hold="chain.type('name') === 'next'" @confirm="chain.next('name')"
 *   @focus="chain.focus('name')" @blur="chain.blur('name')" />
 * ```
 * with `const chain = useFocusChain(['name', 'phone'])` and `const { flags } = chain`.
 * `confirm-hold` keeps the keyboard up between two fields; on the last one it would not close.
 *
 * @throws FocusChainError `empty_chain`, `duplicate_field`.
 */
export function useFocusChain<Name extends string>(
  fields: readonly Name[],
  options: UseFocusChainOptions = {},
): UseFocusChainReturn<Name> {
  const flags: Record<string, boolean> = reactive({})
  for (const name of fields) flags[name] = false

  const chain = createFocusChain<Name>({
    fields,
    timers,
    onFlag: (name, up) => {
      flags[name] = up
    },
    ...options,
  })
  const last = ref<string | undefined>(chain.last())

  onHide(chain.reset)
  onUnload(chain.reset)
  onScopeDispose(chain.reset)

  return {
    flags: flags as Record<Name, boolean>,
    type: (name) => (name === last.value ? 'done' : 'next'),
    next: chain.confirm,
    focus: chain.focus,
    blur: chain.blur,
    goTo: chain.request,
    disable(name) {
      chain.disable(name)
      last.value = chain.last()
    },
    enable(name) {
      chain.enable(name)
      last.value = chain.last()
    },
  }
}
