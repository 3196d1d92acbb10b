import { hasThemes } from '../platforms'
import { isVersionAtLeast } from '../version'
import type { Boot, Theme } from '../wire'
import type { LoadedApp } from './loadedApp'

/** Light or dark (WeChat: DarkMode 适配指南). */
export interface ThemeControl {
  /** What `wx` reports to the app: undefined where app.json does not say `darkmode`. */
  readonly reported: Theme | undefined
  /** How WeChat draws its own: dark only in apps that say `darkmode`. */
  readonly drawn: Theme
  /** The value of an `@name` from theme.json; anything else as it is. */
  resolve(value: string | undefined): string | undefined
  /** As if the phone's setting had been changed. */
  set(theme: Theme): void
  /** Called after a change, in the order of the calls. */
  onChange(listener: () => void): void
}

/** `html[data-theme]` is WeChat's own; `--color-scheme` is the phone's, for the app's media queries. */
export function createTheme(
  app: LoadedApp,
  initial: Theme,
  { sdkVersion, platform }: Pick<Boot, 'sdkVersion' | 'platform'>,
): ThemeControl {
  const isKnown = isVersionAtLeast(sdkVersion, '2.11.0') && hasThemes(platform)
  const isSupported = app.config.darkmode === true && isKnown
  const listeners: (() => void)[] = []
  let current = initial
  const drawn = () => (isSupported ? current : 'light')
  const apply = () => {
    const { dataset, style } = document.documentElement
    dataset.theme = drawn()
    style.setProperty('--color-scheme', current)
  }
  apply()
  return {
    get reported() {
      return isSupported ? current : undefined
    },
    get drawn() {
      return drawn()
    },
    resolve: (value) =>
      value?.startsWith('@') ? app.config.themes?.[drawn()]?.[value.slice(1)] : value,
    set(theme) {
      if (theme === current) return
      current = theme
      apply()
      for (const listener of listeners) listener()
    },
    onChange: (listener) => void listeners.push(listener),
  }
}
