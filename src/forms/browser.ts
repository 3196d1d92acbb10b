// What H5 needs beside the focus chain. The project's types know no DOM: this is what is used of it.
interface KeyEvent {
  key: string
  keyCode: number
  isComposing: boolean
  stopPropagation(): void
}
type KeyListener = (event: KeyEvent) => void
declare const document: {
  getElementById(id: string): { click(): void } | null
  addEventListener(type: 'keydown' | 'keyup', listener: KeyListener, capture: boolean): void
  removeEventListener(type: 'keydown' | 'keyup', listener: KeyListener, capture: boolean): void
}

/** Opens uni-app's picker, found by its `id`, as a click does. */
export const openPicker = (id: string): void => document.getElementById(id)?.click()

/**
 * Keeps an Enter that chose a candidate of the input method from counting as the confirm key, for
 * which uni-app's inputs take every Enter that goes up.
 * @returns what ends it.
 */
export function ignoreComposedEnter(isWatched: () => boolean): () => void {
  let isComposed = false
  const onDown = ({ isComposing, keyCode }: KeyEvent) => {
    // Safari ends the composition first; the key code shows it (UI Events: 229).
    isComposed = isComposing || keyCode === 229
  }
  const onUp = (event: KeyEvent) => {
    if (event.key === 'Enter' && isComposed && isWatched()) event.stopPropagation()
  }
  document.addEventListener('keydown', onDown, true)
  document.addEventListener('keyup', onUp, true)
  return () => {
    document.removeEventListener('keydown', onDown, true)
    document.removeEventListener('keyup', onUp, true)
  }
}
