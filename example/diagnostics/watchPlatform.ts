import type { Platform, WireAnswer, WireCall, WireFailure } from 'watchword'
import { harmlessFailure, harmlessPath, harmlessSchemes } from './harmless'
import type { CallEnd, NumberOf, RequestEvent, RecordEvent, WechatEvent } from './journalEvents'

type End = ReturnType<RecordEvent>

/** A route that was answered 401 is remembered for its replay; more of them are of no use. */
const rememberedLimit = 100

/** The same platform, with what is sent and asked recorded. */
export function watchPlatform(
  platform: Platform,
  record: RecordEvent,
  numberOf: NumberOf,
): Platform {
  /** Method and path of each sending that was answered 401 and not repeated since. */
  const refused: string[] = []

  /** Makes a call of the host and records how it ends. Gives back just what the host gave. */
  function watch<Given, Answer>(
    end: End,
    ask: () => Given,
    answerOf: (given: Given) => Promise<Answer>,
    tell: (
      answer: Answer,
    ) => Pick<RequestEvent, 'status' | 'challenges'> | Pick<WechatEvent, 'isAlive'>,
  ): Given {
    const failed = (failure: unknown) =>
      quietly(() => end({ outcome: outcomeOf(failure), ...harmlessFailure(failure) }))
    const answered = (answer: Answer) =>
      quietly(() => end({ outcome: 'answered', ...tell(answer) }))
    try {
      const given = ask()
      quietly(() => void answerOf(given).then(answered, failed))
      return given
    } catch (failure) {
      failed(failure)
      throw failure
    }
  }

  function ask<T>(call: WechatEvent['call'], work: () => Promise<T>): Promise<T> {
    const end = record({ kind: 'wechat', call, outcome: 'pending' })
    return watch(
      end,
      work,
      (answer) => answer,
      (one) => (one === true ? { isAlive: true } : {}),
    )
  }

  const send: Platform['send'] = (call) => {
    const began = platform.now()
    const method = call.type === 'request' ? call.method : upper[call.type]
    const path = harmlessPath(call.url)
    const route = `${method} ${path}`
    const replayed = refused.indexOf(route)
    refused.splice(replayed, replayed < 0 ? 0 : 1)
    const end = record({
      kind: 'request',
      method,
      path,
      ...readSignature(call, path, numberOf),
      isAgain: replayed >= 0,
      outcome: 'pending',
    })
    const tell = ({ status, headers, data }: WireAnswer) => {
      const reported = Number.isInteger(status) && status >= 100 && status < 600 ? { status } : {}
      if (status !== 401) return reported
      if (refused.length < rememberedLimit) refused.push(route)
      return { ...reported, challenges: harmlessSchemes(headers, data) }
    }
    const task = watch(
      end,
      () => platform.send(call),
      ({ answer }) => answer,
      tell,
    )
    const abort = () => {
      const isLate = platform.now() - began >= call.timeout
      quietly(() => end({ outcome: isLate ? 'timeout' : 'aborted' }))
      return task.abort()
    }
    return { ...task, answer: task.answer, abort }
  }

  platform.onHide?.(() => record({ kind: 'app', change: 'background' }))
  platform.onShow?.(() => record({ kind: 'app', change: 'foreground' }))

  // Looked up at each call: what is replaced in the host later is used.
  return {
    ...platform,
    send,
    ...(platform.login && { login: () => ask('login', () => platform.login!()) }),
    ...(platform.checkSession && {
      checkSession: () => ask('checkSession', () => platform.checkSession!()),
    }),
  }
}

const upper = { upload: 'UPLOAD', download: 'DOWNLOAD' } as const

/** Does what only watches: the client must not notice, whatever goes wrong with that. */
export function quietly(work: () => void): void {
  try {
    work()
  } catch {
    // A line less in the journal.
  }
}

function outcomeOf(failure: unknown): CallEnd['outcome'] {
  const { kind } = { ...(failure as Partial<WireFailure> | null | undefined) }
  return kind === 'timeout' || kind === 'interrupted' ? kind : 'failed'
}

/** In whose name it goes; a login has its code in the body. */
function readSignature(
  call: WireCall,
  path: string,
  numberOf: NumberOf,
): Pick<RequestEvent, 'signed' | 'token'> {
  const [scheme, credential] = (call.header.authorization ?? '').split(' ')
  if (scheme === 'Bearer' && credential) return { signed: 'token', token: numberOf(credential) }
  if (scheme === 'WxLogin') return { signed: 'loginCode' }
  if (scheme) return { signed: 'other' }
  return { signed: path.endsWith('/auth/login') ? 'loginCode' : 'guest' }
}
