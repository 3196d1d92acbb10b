import type { PersonAnswer, Question } from '../workbenchWire'
import { scopeOf } from './permissions'

/**
 * What WeChat's side answers to one question. `allow` and `refuse` are what a person would press,
 * `ask` draws WeChat's own dialogue; `{ fail }` is the text after `:fail `; any other object is the
 * result itself.
 */
export type Answer = 'allow' | 'refuse' | 'ask' | FailedAnswer | Record<string, unknown>

/** A scripted failure, as in `{ fail: 'no permission', errno: 102 }`. */
export interface FailedAnswer {
  fail: string
  errno?: number
}

/** One answer for every time, several used up in order, or a function of the call's options. */
export type ScriptedAnswer =
  Answer | Answer[] | ((options: Record<string, unknown>) => Answer | Promise<Answer>)

/** What answers on WeChat's side: a script or a person. */
export interface WechatSide {
  /**
   * Answers one call. `api` is a `wx` function (`login`, `showModal` …), an open type
   * (`getPhoneNumber` …), `picker` or `nicknameReview`. Undefined: nothing is prepared for it.
   * `isSilent`: on this phone WeChat draws no dialogue for it, so that no person could answer.
   */
  answer(
    api: string,
    options: Record<string, unknown>,
    isSilent: boolean,
  ): Answer | undefined | Promise<Answer | undefined>
  /**
   * What the next such call will be answered, without using it up; a function's answer cannot be known
   * before. Undefined: nothing is prepared for it.
   */
  next(api: string, options: Record<string, unknown>): Answer | 'unknown' | undefined
}

/** A script that can be changed while it runs. */
export interface ScriptedSide extends WechatSide {
  set(api: string, answer: ScriptedAnswer): void
  /** What is wrong with the script so far: lists not used up, functions that threw. */
  faults(): string[]
}

/** Answers by a table. Lists are used up in order; after that nothing is prepared any more. */
export function createScriptedSide(script: Record<string, ScriptedAnswer> = {}): ScriptedSide {
  const table = new Map<string, ScriptedAnswer>()
  const thrown: string[] = []
  const set = (api: string, answer: ScriptedAnswer) =>
    void table.set(api, Array.isArray(answer) ? [...answer] : answer)
  for (const [api, answer] of Object.entries(script)) set(api, answer)
  return {
    set,
    faults() {
      const unused = [...table].filter(([, left]) => Array.isArray(left) && left.length > 0)
      return [...thrown, ...unused.map(([api]) => `answers for ${api} were never asked for`)]
    },
    next(api) {
      const scripted = table.get(api)
      if (typeof scripted === 'function') return 'unknown'
      return Array.isArray(scripted) ? scripted[0] : scripted
    },
    async answer(api, options) {
      const scripted = table.get(api)
      if (Array.isArray(scripted)) return scripted.shift()
      if (typeof scripted !== 'function') return scripted
      try {
        return await scripted(options)
      } catch (error) {
        thrown.push(`the answer for ${api} threw: ${error}`)
        return { fail: 'the script threw' }
      }
    },
  }
}

/** A person in front of the page, whose answers can be changed while the app runs. */
export interface PersonSide extends WechatSide {
  set(answers: PersonAnswers): void
}

/** How a person answers each of WeChat's questions. */
export type PersonAnswers = Readonly<Record<Question, PersonAnswer>>

/** Everything is asked. */
export const askEverything: PersonAnswers = {
  phoneNumber: 'ask',
  userInfo: 'ask',
  avatar: 'ask',
  privacy: 'ask',
  permission: 'ask',
}

const questionOf: ReadonlyMap<string, Question> = new Map([
  ['getPhoneNumber', 'phoneNumber'],
  ['getRealtimePhoneNumber', 'phoneNumber'],
  ['getUserInfo', 'userInfo'],
  ['getUserProfile', 'userInfo'],
  ['chooseAvatar', 'avatar'],
  ['requirePrivacyAuthorize', 'privacy'],
])

/** WeChat's own pages, on which nothing is allowed or refused. */
const pages = ['openSetting', 'chooseAddress']

/** Answers as a person does: WeChat's dialogues are drawn for them unless they always say the same. */
export function createPersonSide(answers: PersonAnswers): PersonSide {
  let current = answers
  const answerTo = (api: string, options: Record<string, unknown>) => {
    if (pages.includes(api)) return 'ask'
    if (scopeOf(api, options) !== undefined) return current.permission
    const question = questionOf.get(api)
    if (question) return current[question]
    return options.openType === true ? 'ask' : undefined
  }
  return {
    set: (next) => void (current = next),
    answer: (api, options, isSilent) => (isSilent ? 'allow' : answerTo(api, options)),
    next: answerTo,
  }
}
