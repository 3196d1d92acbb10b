import type { Language } from '../wire'

/** Why a page cannot be shown. */
export interface PageFault {
  /** Relative to the compiled directory, with the line where it is known: `app.js:5`. */
  place: string
  message: string
}

/** What is said around a fault. */
export interface Notice {
  title: string
  hint: string
}

const ofPage: Record<Language, Notice> = {
  zh_CN: {
    title: '这个页面打不开',
    hint: '改好并重新编译后，重新启动即可。其他页面不受影响。',
  },
  en: {
    title: 'This page cannot be opened',
    hint: 'Mend it, compile and restart. The other pages are not affected.',
  },
}

/** Fills the screen with what is wrong, and the place at fault where it is known. */
export function drawNotice({ title, hint }: Notice, message: string, place?: string): HTMLElement {
  const page = document.createElement('section')
  page.className = 'simulator-error'
  page.setAttribute('role', 'alert')
  const add = (tag: string, text: string) => {
    const element = document.createElement(tag)
    element.textContent = text
    page.append(element)
  }
  add('h1', title)
  if (place !== undefined) add('code', place)
  add('p', message)
  add('small', hint)
  return page
}

/** Shown instead of a page that cannot be shown: the place at fault, and why. */
export const drawErrorPage = ({ place, message }: PageFault, language: Language): HTMLElement =>
  drawNotice(ofPage[language], message, place)
