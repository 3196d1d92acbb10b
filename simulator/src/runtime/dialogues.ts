/** One button of a sheet. */
export interface SheetButton {
  label: string
  value: string
  primary?: boolean
}

/** What a sheet shows. */
export interface Sheet {
  /** Sheets and lists rise from the bottom, modals stand in the middle. */
  kind: 'sheet' | 'list' | 'modal'
  title: string
  text?: string
  /** Anything between text and buttons. */
  content?: HTMLElement
  buttons: SheetButton[]
  /** What a tap beside the sheet means; without it such taps do nothing. */
  dismiss?: string
}

/** WeChat's own dialogues, drawn over the page in a plain form. */
export interface Dialogues {
  /** Shows a sheet until one of its buttons is pressed; gives that button's value. */
  ask(sheet: Sheet): Promise<string>
  showToast(title: string, icon: string, mask: boolean): void
  hideToast(): void
}

const make = (tag: string, className: string, text = '') => {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text
  return element
}

/** Draws into `#simulator-dialogues` of the page. */
export function createDialogues(): Dialogues {
  const layer = document.querySelector<HTMLElement>('#simulator-dialogues')!
  const toast = make('div', 'simulator-toast')
  return {
    ask(sheet) {
      return new Promise((resolve) => {
        const mask = make('div', `simulator-dialogue simulator-dialogue--${sheet.kind}`)
        const box = make('div', 'simulator-dialogue__box')
        box.setAttribute('role', 'dialog')
        box.setAttribute('aria-label', sheet.title)
        const finish = (value: string) => {
          mask.remove()
          resolve(value)
        }
        if (sheet.title) box.append(make('div', 'simulator-dialogue__title', sheet.title))
        if (sheet.text) box.append(make('div', 'simulator-dialogue__text', sheet.text))
        if (sheet.content) box.append(sheet.content)
        const buttons = make('div', 'simulator-dialogue__buttons')
        for (const { label, value, primary } of sheet.buttons) {
          const button = make(
            'button',
            `simulator-dialogue__button${primary ? ' simulator-dialogue__button--primary' : ''}`,
            label,
          )
          button.addEventListener('click', () => finish(value))
          buttons.append(button)
        }
        box.append(buttons)
        mask.append(box)
        const { dismiss } = sheet
        mask.addEventListener('click', ({ target }) => {
          if (target === mask && dismiss !== undefined) finish(dismiss)
        })
        layer.append(mask)
      })
    },
    showToast(title, icon, mask) {
      toast.textContent = title
      toast.dataset.icon = icon
      toast.toggleAttribute('data-mask', mask)
      layer.append(toast)
    },
    hideToast: () => toast.remove(),
  }
}
