import type { Language } from '../wire'
import type { Bridge } from './bridge'
import { drawNotice, type Notice } from './errorPage'

const nothingRuns: Record<Language, Notice> = {
  zh_CN: {
    title: '这个小程序没有启动',
    hint: '改好并重新编译后，重新启动即可。终端和“问题”里有同样的说明。',
  },
  en: {
    title: 'This mini-program did not start',
    hint: 'Mend it, compile and restart. The terminal and the problems say the same.',
  },
}

/** Says that the runtime itself did not start: on the screen, to the host and in the console. */
export function reportStartFault(
  error: unknown,
  bridge: Pick<Bridge, 'tell'>,
  language: Language,
): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const [message = '', ...stack] = text.split('\n')
  console.error(text)
  bridge.tell({ type: 'problem', problem: { type: 'error', message, stack: stack.join('\n') } })
  document.querySelector('#simulator-pages')!.append(drawNotice(nothingRuns[language], message))
}
