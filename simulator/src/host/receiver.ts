import type { Outcome, PageMessage, WechatCall } from '../wire'
import type { TemporaryFiles } from './files'
import type { Problem } from './miniProgramOptions'
import type { Network } from './network'
import type { PageLine } from './pageLine'
import type { Records } from './records'

/** What acts on the messages of a page. */
export interface ReceiverParts {
  line: PageLine
  records: Records
  files: TemporaryFiles
  /** That of the page's present start. */
  network(): Network
  askWechat(call: WechatCall): Promise<Outcome>
  /** `name` is that of what is not modelled, or was not prepared. */
  noteProblem(problem: Problem, name?: string): void
}

/** Returns what does as a message of the page says; calls are answered on the line. */
export function createReceiver(parts: ReceiverParts): (message: PageMessage) => void {
  const { line, records, files, network, askWechat, noteProblem } = parts

  // An answer may throw, above all that of a caller's own side; the call has to end all the same.
  const settle = async (
    id: string,
    api: string,
    outcome: Promise<Outcome>,
    onSettled?: (outcome: Outcome) => void,
  ) => {
    const { generation } = line
    const fail = (error: unknown): Outcome => ({ kind: 'fail', errMsg: `${api}:fail ${error}` })
    const settled = await outcome.catch(fail)
    onSettled?.(settled)
    line.send({ type: 'done', id, outcome: settled }, generation)
  }

  return (message) => {
    const { generation } = line
    switch (message.type) {
      case 'abort':
        return network().abort(message.id)
      case 'visibility':
        return network().setVisible(message.visible)
      case 'life':
        return records.note({ kind: 'life', event: message.event, route: message.route })
      case 'file':
        return message.base64 === null
          ? files.remove(message.path)
          : files.put(message.path, Buffer.from(message.base64, 'base64'))
      case 'problem': {
        const { name, ...problem } = message.problem
        return noteProblem(problem, name)
      }
      case 'answered':
        return records.answered(message.api, message.errMsg)
      case 'wechat': {
        const { id, call } = message
        // With a choice it is the answer to a question that has its record.
        const onSettled = call.choice === undefined ? records.ask(call) : undefined
        return void settle(id, call.api, askWechat(call), onSettled)
      }
      case 'http': {
        const { id, call } = message
        const outcome = network().call(id, call, {
          onHeaders: (header, status) =>
            line.send({ type: 'headers', id, header, status }, generation),
          onChunk: (chunk) =>
            line.send({ type: 'chunk', id, base64: chunk.toString('base64') }, generation),
          onProgress: (done, total) => line.send({ type: 'progress', id, done, total }, generation),
        })
        return void settle(id, call.api, outcome)
      }
    }
  }
}
