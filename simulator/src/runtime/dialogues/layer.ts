/** How a dialogue is drawn. */
export interface DialogueOptions<Value> {
  /** Sheets and lists rise from the bottom, modals are in the middle, pages cover the screen. */
  kind: 'sheet' | 'list' | 'modal' | 'page'
  /** What a screen reader calls it. */
  label: string
  /** What a tap beside it, or Escape, means; without it such taps and Escape do nothing. */
  dismiss?: Value
  /** Fills the box; `finish` closes the dialogue. */
  fill(box: HTMLElement, finish: (value: Value) => void): void
}

/** Where WeChat's own dialogues are drawn, over the page. */
export interface Layer {
  /** Shows a dialogue until it is finished. Keyboard focus stays inside as long as it is open. */
  open<Value>(options: DialogueOptions<Value>): Promise<Value>
  /** Dismisses the dialogue on top, where that is allowed; returns whether a dialogue is open. */
  leave(): boolean
  readonly root: HTMLElement
}

/** Makes an element with a class, and a text. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  text = '',
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text
  return element
}

/** One button of a dialogue. */
export interface DialogueButton<Value> {
  label: string
  value: Value
  primary?: boolean
  /** `#rrggbb`; the app chooses it for modals and action sheets. */
  color?: string
}

/** The row of buttons at a dialogue's end. */
export function createButtons<Value>(
  buttons: DialogueButton<Value>[],
  finish: (value: Value) => void,
): HTMLElement {
  const row = make('div', 'simulator-dialogue__buttons')
  for (const { label, value, primary, color } of buttons) {
    const className = `simulator-dialogue__button${primary ? ' simulator-dialogue__button--primary' : ''}`
    const button = make('button', className, label)
    button.type = 'button'
    if (color) button.style.color = color
    button.addEventListener('click', () => finish(value))
    row.append(button)
  }
  return row
}

const focusable = 'button, input, select, textarea, a[href], [tabindex="0"]'

/** Keeps Tab inside `box`; Escape calls `dismiss`. */
function holdKeys(box: HTMLElement, dismiss: (() => void) | undefined): void {
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') dismiss?.()
    if (event.key !== 'Tab') return
    const stops = [...box.querySelectorAll<HTMLElement>(focusable)]
    const edge = event.shiftKey ? stops[0] : stops.at(-1)
    const outside = document.activeElement === box && event.shiftKey
    if (document.activeElement !== edge && !outside) return
    event.preventDefault()
    ;(event.shiftKey ? stops.at(-1) : stops[0])?.focus()
  })
}

/** Draws into `#simulator-dialogues` of the page. */
export function createLayer(): Layer {
  const root = document.querySelector<HTMLElement>('#simulator-dialogues')!
  const shown: { leave: (() => void) | undefined }[] = []
  return {
    root,
    leave() {
      const hasDialogue = shown.length > 0
      shown.at(-1)?.leave?.()
      return hasDialogue
    },
    open: ({ kind, label, dismiss, fill }) =>
      new Promise((resolve) => {
        const mask = make('div', `simulator-dialogue simulator-dialogue--${kind}`)
        const box = make('div', 'simulator-dialogue__box')
        box.tabIndex = -1
        box.setAttribute('role', 'dialog')
        box.setAttribute('aria-modal', 'true')
        box.setAttribute('aria-label', label)
        const before = document.activeElement
        const finish = (value: Parameters<typeof resolve>[0]) => {
          mask.remove()
          shown.splice(shown.indexOf(entry), 1)
          // Into the dialogue below, if any; a field of the page would open its keyboard.
          if (before instanceof HTMLElement && root.contains(before)) before.focus()
          resolve(value)
        }
        const leave = dismiss === undefined ? undefined : () => finish(dismiss)
        const entry = { leave }
        shown.push(entry)
        fill(box, finish)
        holdKeys(box, leave)
        mask.addEventListener('click', ({ target }) => {
          if (target === mask) leave?.()
        })
        mask.append(box)
        root.append(mask)
        box.focus({ preventScroll: true })
      }),
  }
}
