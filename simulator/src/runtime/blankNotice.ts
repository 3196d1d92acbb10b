import type { Language } from '../wire'
import { drawNotice, type Notice } from './errorPage'
import type { FirstError } from './problems'

const nothingDrawn: Record<Language, Notice> = {
  zh_CN: {
    title: '屏幕上什么也没有',
    hint: '小程序启动后没有画出任何内容，但报告了错误，第一个如上。其余见终端和“问题”。',
  },
  en: {
    title: 'Nothing is on the screen',
    hint: 'The mini-program has started and drawn nothing, but has errors; this is the first. For the others see the terminal and the problems.',
  },
}

/** How long an app may take to draw something before its errors are suspected, in ms. */
const patience = 1_000

const seen = 'img, canvas, video, iframe, input, textarea'

const isBlank = (pages: HTMLElement) =>
  pages.innerText.trim() === '' && pages.querySelector(seen) === null

/**
 * Says on the screen what went wrong while the pages show nothing at all, and takes it back as soon
 * as they do.
 */
export function explainBlankScreen(
  pages: HTMLElement,
  language: Language,
  firstError: () => FirstError | undefined,
): void {
  window.setTimeout(() => {
    const error = firstError()
    if (error === undefined || !isBlank(pages)) return
    const notice = drawNotice(nothingDrawn[language], error.message, error.place)
    notice.classList.add('simulator-error--blank')
    pages.after(notice)
    const watch = new MutationObserver(() => {
      if (isBlank(pages)) return
      watch.disconnect()
      notice.remove()
    })
    watch.observe(pages, { childList: true, subtree: true, characterData: true })
  }, patience)
}
