import { make, type Layer } from './layer'
import { createWechatPage } from './wechatPage'
import type { Words } from './words'

function createSwitch(label: string, isOn: boolean, onChange: (isOn: boolean) => void) {
  const row = make('div', 'simulator-settings__row')
  const control = make('button', 'simulator-settings__switch')
  control.type = 'button'
  control.setAttribute('role', 'switch')
  control.setAttribute('aria-label', label)
  control.setAttribute('aria-checked', String(isOn))
  control.addEventListener('click', () => {
    const isOnNow = control.getAttribute('aria-checked') !== 'true'
    control.setAttribute('aria-checked', String(isOnNow))
    onChange(isOnNow)
  })
  row.append(make('span', '', label), control)
  return row
}

/** The settings page: a switch for every scope that was asked for; resolves with the switches. */
export function showSettings(
  layer: Layer,
  words: Words,
  appName: string,
  authSetting: Readonly<Record<string, boolean>>,
): Promise<Record<string, boolean>> {
  const current = { ...authSetting }
  return layer.open<Record<string, boolean>>({
    kind: 'page',
    label: words.settings,
    dismiss: current,
    fill(box, finish) {
      const rows = Object.entries(authSetting).map(([scope, isOn]) =>
        createSwitch(words.scopes[scope] ?? scope, isOn, (isOnNow) => (current[scope] = isOnNow)),
      )
      const text = rows.length > 0 ? words.settingsText(appName) : words.nothingAsked
      const hint = make('p', 'simulator-settings__hint', text)
      box.append(createWechatPage(words.settings, words, () => finish(current), hint, ...rows))
    },
  })
}
