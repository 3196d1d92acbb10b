import type { Language } from '../../wire'
import { showExternalPage } from './externalPage'
import { createLayer } from './layer'
import { askList, askModal } from './modal'
import { askPermission, type PermissionQuestion } from './permission'
import { pick, type OpenPicker } from './picker'
import { askPrivacy, showContract } from './privacy'
import { showSettings } from './settings'
import { createToast, type Toast } from './toast'
import { wordsIn, type Words } from './words'

type Options = Record<string, unknown>

/** WeChat's own dialogues, drawn over the page in its language. */
export interface Dialogues {
  readonly words: Words
  /** What the dialogues call the mini-program. */
  readonly appName: string
  /** With `withTerms` the privacy terms have to be agreed to as well. */
  askPermission(
    question: Omit<PermissionQuestion, 'appName' | 'openTerms'>,
    withTerms: boolean,
  ): Promise<'allow' | 'refuse'>
  askPrivacy(): Promise<'allow' | 'refuse'>
  showContract(): Promise<'back'>
  /** See `showExternalPage`. */
  showExternalPage(title: string, text: string): Promise<'back'>
  askModal: (options: Options) => ReturnType<typeof askModal>
  /** `color` is that of the items. */
  askList(title: string, items: readonly string[], color?: unknown): Promise<number | undefined>
  /** Undefined: the sheet was dismissed. */
  pick(options: Options, open?: OpenPicker): ReturnType<typeof pick>
  showSettings(authSetting: Readonly<Record<string, boolean>>): Promise<Record<string, boolean>>
  /** See `Layer`. */
  leave(): boolean
  readonly toast: Toast
}

/** `appName` is what WeChat calls the mini-program; absent where it is unknown. */
export function createDialogues(language: Language, appName?: string): Dialogues {
  const layer = createLayer()
  const words = wordsIn(language)
  const name = appName ?? words.defaultApp
  return {
    words,
    appName: name,
    askPermission: (question, withTerms) =>
      askPermission(layer, words, {
        appName: name,
        ...question,
        ...(withTerms && { openTerms: () => void showContract(layer, words, name) }),
      }),
    askPrivacy: () => askPrivacy(layer, words, name),
    showContract: () => showContract(layer, words, name),
    showExternalPage: (title, text) => showExternalPage(layer, words, title, text),
    askModal: (options) => askModal(layer, words, options),
    askList: (title, items, color) => askList(layer, words, title, items, color),
    pick: (options, open) => pick(layer, words, options, open),
    showSettings: (authSetting) => showSettings(layer, words, name, authSetting),
    leave: () => layer.leave(),
    toast: createToast(layer),
  }
}
