import { make, type Layer } from './layer'

/** The one toast or loading sign there can be. */
export interface Toast {
  /** `isMasked` keeps taps from the page below; it stays for `duration` ms, or until `hide`. */
  show(title: string, icon: string, isMasked: boolean, duration?: number): void
  hide(): void
}

/** Draws over dialogues' masks, as WeChat does. */
export function createToast({ root }: Layer): Toast {
  const screen = make('div', 'simulator-toast-screen')
  const toast = make('div', 'simulator-toast')
  const sign = make('i', 'simulator-toast__icon')
  const text = make('span', '')
  toast.setAttribute('role', 'status')
  toast.append(sign, text)
  screen.append(toast)
  let timer: ReturnType<typeof setTimeout> | undefined
  const hide = () => {
    clearTimeout(timer)
    screen.remove()
  }
  return {
    show(title, icon, isMasked, duration) {
      clearTimeout(timer)
      text.textContent = title
      toast.dataset.icon = icon
      screen.toggleAttribute('data-mask', isMasked)
      root.append(screen)
      if (duration !== undefined) timer = setTimeout(hide, duration)
    },
    hide,
  }
}
