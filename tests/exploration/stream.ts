import type { WireAnswer } from '../../src/auth/platform'

/** What a request with `onChunk` has to deliver: what the host hands over of a success that is no JSON. */
export interface StreamModel {
  /** Whether the answer is known to be such a one. */
  readonly isOpen: boolean
  /** Returns what is wrong with sending it now. */
  sent(line: string): string[]
  headed(answer: WireAnswer): void
  passed(piece: string): void
  /** The app gets a piece. Returns what is wrong with that. */
  got(piece: string): string[]
  ended(answer: WireAnswer): void
  /** Whether the app has all that there was. */
  readonly isWhole: boolean
}

export function createStreamModel(): StreamModel {
  let isOpen = false
  let pieces: string[] = []
  let count = 0

  return {
    get isOpen() {
      return isOpen
    },
    sent(line) {
      isOpen = false
      pieces = []
      return count > 0 ? [`${line} is sent again after its first piece`] : []
    },
    headed: (answer) => void (isOpen ||= isStreamed(answer)),
    passed: (piece) => void pieces.push(piece),
    got(piece) {
      const expected = isOpen ? pieces[count] : undefined
      count++
      return piece === expected ? [] : [`${piece} is delivered, not ${expected}`]
    },
    ended(answer) {
      isOpen ||= isStreamed(answer)
      if (answer.data instanceof ArrayBuffer) pieces.push(textOf(answer.data))
    },
    get isWhole() {
      return count === pieces.length
    },
  }
}

export const EVENT_STREAM = { 'Content-Type': 'text/event-stream' }

export const isStreamed = ({ headers }: WireAnswer) => headers === EVENT_STREAM

export const textOf = (piece: ArrayBuffer) => new TextDecoder().decode(piece)

export const bytesOf = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer
