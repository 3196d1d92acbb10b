import { createPrivacyConsent, type PrivacyAnswer } from '../../../src/store/privacyConsent'
import { createPromptHosts } from '../../../src/store/promptHosts'
import { createFakeAuth } from './fakeAuth'

type Page = { name: string }

/** A stack of pages as a phone has it. Moves end only when the test says so. */
export function createPhone({ limit = 10 } = {}) {
  const auth = createFakeAuth()
  const stack: Page[] = [{ name: 'first' }]
  const moves: string[] = []
  const timers: (() => void)[] = []
  let finish: (() => void) | undefined

  function move(name: string, done: () => void): Promise<void> {
    moves.push(name)
    return new Promise((resolve) => {
      finish = () => {
        finish = undefined
        done()
        resolve()
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
      stack.length >= limit
        ? Promise.reject(new Error('ten pages are open'))
        : move('open', () => {
            stack.push({ name: 'prompt' })
            sheet().shown()
          }),
    leavePromptPage: () => move('leave', () => back()),
    after: (_, callback) => {
      timers.push(callback)
      return () => undefined
    },
  })
  const sheets = new Map<Page, ReturnType<typeof hosts.add>>()

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
    runTimers: () => timers.splice(0).forEach((callback) => callback()),
  }
}
