import { decodeUTF8, isBytes } from './bytes'
import { readHeader } from './challenge'
import type { AnswerHead, WireAnswer, WireStream } from './platform'

/** An answer in pieces, on its way to the one who asked for it. */
export interface StreamedAnswer extends WireStream {
  /** Whether its pieces are delivered. */
  readonly isStreamed: boolean
  /**
   * Takes the end of the answer. Of one that is not streamed the body is in `data`, as text.
   */
  end(answer: WireAnswer): WireAnswer
}

/**
 * Holds the pieces back until the answer's head says what they are: only those of a success that is no JSON
 * are delivered. Challenges, failures and what a dialect reads are answers as always.
 */
export function createStream(deliver: (chunk: ArrayBuffer) => void): StreamedAnswer {
  let isStreamed = false
  let hasPieces = false
  const held: ArrayBuffer[] = []

  function onHead(head: AnswerHead): void {
    isStreamed ||= hasStream(head)
    if (isStreamed) for (const chunk of held.splice(0)) deliver(chunk)
  }

  function onChunk(chunk: ArrayBuffer): void {
    if (chunk.byteLength === 0) return
    hasPieces = true
    if (isStreamed) deliver(chunk)
    else held.push(chunk)
  }

  return {
    get isStreamed() {
      return isStreamed
    },
    onHead,
    onChunk,
    end(answer) {
      const { data } = answer
      // WeChat on computers, and before 2.20.2: the whole body at the end.
      if (!hasPieces && isBytes(data)) onChunk(data)
      onHead(answer)
      if (isStreamed) return { ...answer, data: undefined }
      return { ...answer, data: isBytes(data) || !data ? textOf(held) : data }
    },
  }
}

function hasStream({ status, headers }: AnswerHead): boolean {
  const type = readHeader(headers, 'content-type') ?? ''
  // DevTools report no status (WeChat: RequestTask.onHeadersReceived). No refusal is an event stream.
  if (status === undefined) return /^text\/event-stream/i.test(type)
  return status >= 200 && status < 300 && type !== '' && !/^[^;]+[/+]json\s*(;|$)/i.test(type)
}

/** What is no text stays bytes. */
function textOf(chunks: readonly ArrayBuffer[]): unknown {
  const bytes = Uint8Array.from(chunks.flatMap((chunk) => [...new Uint8Array(chunk)]))
  return decodeUTF8(bytes) ?? bytes.buffer
}
