import type { Language } from '../wire'

/** Why a page cannot be shown. */
export interface PageFault {
  /** Relative to the compiled directory. */
  file: string
  message: string
}

const titles: Record<Language, string> = {
  zh_CN: '这个页面打不开',
  en: 'This page cannot be opened',
}

const hints: Record<Language, string> = {
  zh_CN: '改好并重新编译后，重新启动即可。其他页面不受影响。',
  en: 'Mend it, compile and restart. The other pages are not affected.',
}

/** Shown in place of a page that cannot be shown: the file at fault, and why. */
export function drawErrorPage({ file, message }: PageFault, language: Language): HTMLElement {
  const page = document.createElement('section')
  page.className = 'simulator-error'
  page.setAttribute('role', 'alert')
  const add = (tag: string, text: string) => {
    const element = document.createElement(tag)
    element.textContent = text
    page.append(element)
  }
  add('h1', titles[language])
  add('code', file)
  add('p', message)
  add('small', hints[language])
  return page
}
