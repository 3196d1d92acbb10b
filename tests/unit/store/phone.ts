import { createPrivacyConsent, type PrivacyAnswer } from '../../../src/store/privacyConsent'
import type { PromptGap } from '../../../src/store/mistakes'
import { createPromptHosts } from '../../../src/store/promptHosts'
import { createClock } from '../../support/clock'
import { createFakeAuth } from './fakeAuth'

type Page = { name: string }

interface PhoneOptions {
  /** What keeps the prompt page from being opened. */
  gap?: PromptGap
  /** `blank`: it has no sheet. `loading`: it is among the open pages once `load` is called, as in H5. */
  promptPage?: 'complete' | 'blank' | 'loading'
}

/** A stack of pages as a phone has it. Moves end, and time passes, only when the test says so. */
export function createPhone({ gap, promptPage = 'complete' }: PhoneOptions = {}) {
  const auth = createFakeAuth()
  const stack: Page[] = [{ name: 'first' }]
  const moves: string[] = []
  const clock = createClock()
  let finish: (() => void) | undefined

  function move(name: string, done: () => void): Promise<undefined> {
    moves.push(name)
    return new Promise((resolve) => {
      finish = () => {
        finish = undefined
        done()
        resolve(undefined)
      }
    })
  }

  const answers: object[] = []
  let ask: (resolve: PrivacyAnswer) => void = () => {}
  const privacy = createPrivacyConsent((listener) => (ask = listener))

  const hosts = createPromptHosts({
    auth,
    privacy,
    pages: () => [...stack],
    isPromptPage: (page) => (page as Page).name === 'prompt',
    openPromptPage: () =>
      gap ? Promise.resolve(gap) : move('open', () => promptPage !== 'loading' && load()),
    leavePromptPage: () => move('leave', () => back()),
    after: clock.after,
  })
  const sheets = new Map<Page, ReturnType<typeof hosts.add>>()

  /** The prompt page is there. */
  function load() {
    stack.push({ name: 'prompt' })
    if (promptPage !== 'blank') sheet()
  }

  /** The page, by default the visible one, mounts a sheet, or shows again with the one it has. */
  function sheet(page = stack[stack.length - 1]!) {
    const own = sheets.get(page) ?? hosts.add(() => stack.find((one) => one === page))
    sheets.set(page, own)
    own.shown()
    return own
  }

  /** As uni-app's H5 does it: onUnload comes while the page is still listed. */
  function back() {
    const page = stack[stack.length - 1]!
    sheets.get(page)?.unloaded()
    stack.pop()
    const below = stack[stack.length - 1]
    if (below) sheets.get(below)?.shown()
  }

  return {
    auth,
    privacy,
    /** WeChat asks for the consent; what it is answered is in `answers`. */
    askPrivacy: () => ask((answer) => answers.push(answer)),
    answers,
    stack,
    moves,
    sheet,
    back,
    go: (name: string) => void stack.push({ name }),
    /** Ends the move under way and lets what follows from it happen. */
    async arrive() {
      finish?.()
      await Promise.resolve()
      await Promise.resolve()
    },
    load,
    /** Lets this time pass, in ms. */
    pass: clock.advance,
  }
}
