import type { Language } from '../../wire'

/** The values of `confirm-type`; `return` breaks the line, in a textarea only. */
export const confirmTypes = ['send', 'search', 'next', 'go', 'done', 'return'] as const

/** One of `confirmTypes`. */
export type ConfirmType = (typeof confirmTypes)[number]

/** The labels of the keys, and what a key with a picture is called. */
export type KeyboardWords = Readonly<
  Record<
    ConfirmType | 'keyboard' | 'space' | 'backspace' | 'shift' | 'letters' | 'symbols' | 'nickname',
    string
  >
>

/** By WeChat's language. */
export const keyboardWords: Readonly<Record<Language, KeyboardWords>> = {
  zh_CN: {
    send: '发送',
    search: '搜索',
    next: '下一项',
    go: '前往',
    done: '完成',
    return: '换行',
    keyboard: '键盘',
    space: '空格',
    backspace: '删除',
    shift: '大写',
    letters: 'ABC',
    symbols: '123',
    nickname: '用微信昵称',
  },
  en: {
    send: 'Send',
    search: 'Search',
    next: 'Next',
    go: 'Go',
    done: 'Done',
    return: 'Return',
    keyboard: 'Keyboard',
    space: 'space',
    backspace: 'Delete',
    shift: 'Shift',
    letters: 'ABC',
    symbols: '123',
    nickname: 'Use WeChat nickname',
  },
}

/** Invented: what the people of the simulator are called in WeChat. */
const nicknames = ['林间小路', '阿树', '晚晴', '南风知我意', '小满'] as const

/** The nickname of a person; the same one every time. */
export const nicknameOf = (person: string): string =>
  nicknames[[...person].reduce((sum, { length }, i) => sum + length * i, 0) % nicknames.length]!
