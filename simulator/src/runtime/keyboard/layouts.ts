import { isComputer, isLikeAndroid } from '../../platforms'
import type { Platform } from '../../wire'

/** Which keys a field wants: its `type`; a password has the letters without anything else. */
export type KeyboardType = 'text' | 'number' | 'digit' | 'idcard' | 'nickname' | 'password'

/** One key. */
export type Key =
  | { kind: 'character'; text: string }
  | { kind: 'page'; page: KeyPage }
  | { kind: 'shift' | 'backspace' | 'space' | 'confirm' }
  | { kind: 'blank' }

/** The two pages of the keyboard with letters. */
export type KeyPage = 'letters' | 'symbols'

/** Keys row by row; a pad has three columns, or four where the fourth holds backspace and confirm. */
export interface KeyLayout {
  shape: 'rows' | 'pad'
  rows: Key[][]
}

/**
 * Heights in CSS pixels. An iPhone with a home indicator has 291, the indicator's area included,
 * for letters and for numbers; Android's input methods differ, this is a common one.
 */
export const keyboardHeights: Readonly<Record<Platform, number>> = {
  ios: 291,
  android: 260,
  devtools: 291,
  ohos: 260,
  ohos_pc: 0,
  windows: 0,
  mac: 0,
}

/** What a bar above the keys adds to the keyboard's height, in CSS pixels. */
export const barHeight = 44

const characters = (text: string): Key[] =>
  [...text].map((character) => ({ kind: 'character', text: character }))
const shift: Key = { kind: 'shift' }
const backspace: Key = { kind: 'backspace' }
const confirm: Key = { kind: 'confirm' }
const blank: Key = { kind: 'blank' }

const lastRow = (page: KeyPage): Key[] => [
  { kind: 'page', page },
  { kind: 'space' },
  ...characters('.'),
  confirm,
]

const pages: Record<KeyPage, Key[][]> = {
  letters: [
    characters('qwertyuiop'),
    characters('asdfghjkl'),
    [shift, ...characters('zxcvbnm'), backspace],
    lastRow('symbols'),
  ],
  symbols: [
    characters('1234567890'),
    characters('-/:;()¥&@"'),
    [...characters("_#%+=,?!'"), backspace],
    lastRow('letters'),
  ],
}

/** The key beside the zero. */
const beside: Partial<Record<KeyboardType, Key[]>> = {
  number: [blank],
  digit: characters('.'),
  idcard: characters('X'),
}

const [top, middle, bottom] = ['123', '456', '789'].map(characters) as [Key[], Key[], Key[]]

/**
 * The keys of a field of `type`. On iOS the pads for numbers have no confirm key, on Android they
 * have (WeChat's reference of `input`: confirm-type).
 */
export function layoutOf(type: KeyboardType, platform: Platform, page: KeyPage): KeyLayout {
  const extra = beside[type]
  if (!extra) return { shape: 'rows', rows: pages[page] }
  const zero = characters('0')
  const rows = isLikeAndroid(platform)
    ? [[...top, backspace], middle, [...bottom, confirm], [...extra, ...zero, blank]]
    : [top, middle, bottom, [...extra, ...zero, backspace]]
  return { shape: 'pad', rows }
}

/** Whether the keyboard of a field of `type` has a confirm key; a real one always has. */
export const hasConfirmKey = (type: KeyboardType, platform: Platform): boolean =>
  isComputer(platform) || layoutOf(type, platform, 'letters').rows.flat().includes(confirm)
