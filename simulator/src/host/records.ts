import { markOf } from '../masking'
import type { RequestRecord, MiniProgramRecord, WechatRecord } from '../record'
import type { Outcome, WechatCall } from '../wire'

/** ms since 1970, to a tenth. */
export const now = () => Math.round((performance.timeOrigin + performance.now()) * 10) / 10

/** What happened in one mini-program since it was opened. */
export interface Records {
  /** In the order of their beginnings; restarts included. */
  readonly all: readonly MiniProgramRecord[]
  readonly requests: readonly RequestRecord[]
  /** Takes a record, or takes note that one it has has grown. */
  put(record: MiniProgramRecord): void
  /** A record of something that just happened, with an id of its own. */
  note(record: Unidentified): void
  /** Records a question to WeChat's side; what it returns takes how it ended. */
  ask(call: WechatCall): (outcome: Outcome) => void
  /** Text in which the login codes that were handed out are replaced by their marks. */
  hideCodes(text: string): string
  /** The dialogue for `api` that was drawn last has been answered. */
  answered(api: string, errMsg: string): void
}

/** Records without their id and time, kind by kind. */
type Unidentified = MiniProgramRecord extends infer Each
  ? Each extends MiniProgramRecord
    ? Omit<Each, 'id' | 'at'>
    : never
  : never

/** `tell` is called for every record, and again when it has grown. */
export function createRecords(tell: (record: MiniProgramRecord) => void): Records {
  const all: MiniProgramRecord[] = []
  const requests: RequestRecord[] = []
  const known = new Set<MiniProgramRecord>()
  const codes = new Map<string, string>()
  let noted = 0
  const nextId = () => `n${(noted += 1)}`
  const put = (record: MiniProgramRecord) => {
    if (!known.has(record)) {
      known.add(record)
      all.push(record)
      if (record.kind === 'request') requests.push(record)
    }
    tell(record)
  }
  const shown = (api: string) =>
    all.findLast(
      (record): record is WechatRecord =>
        record.kind === 'wechat' &&
        record.api === api &&
        record.shownAt !== undefined &&
        record.endedAt === undefined,
    )
  return {
    all,
    requests,
    put,
    note: (record) => put({ ...record, id: nextId(), at: now() } as MiniProgramRecord),
    ask({ api, options }) {
      const isOpenType = options.openType === true
      const record: WechatRecord = { kind: 'wechat', id: nextId(), api, isOpenType, askedAt: now() }
      put(record)
      return (outcome) => {
        if (outcome.kind === 'ask') {
          record.shownAt = now()
          // The question itself is asked again once the privacy terms are agreed to.
          if (outcome.about === 'privacy') {
            Object.assign(record, { api: 'requirePrivacyAuthorize', isOpenType: false })
          }
        } else {
          record.endedAt = now()
          record.errMsg = outcome.kind === 'ok' ? `${api}:ok` : outcome.errMsg
          const isCode = outcome.kind === 'ok' && api === 'login'
          const code = isCode ? markOf(outcome.result.code) : undefined
          if (outcome.kind === 'ok' && code !== undefined) {
            record.code = code
            codes.set(String(outcome.result.code), code)
          }
        }
        put(record)
      }
    },
    hideCodes: (text) =>
      [...codes].reduce((hidden, [code, mark]) => hidden.replaceAll(code, mark), text),
    answered(api, errMsg) {
      const record = shown(api)
      if (record) put(Object.assign(record, { errMsg, endedAt: now() }))
    },
  }
}
