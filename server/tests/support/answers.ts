import type { TokenState } from '../../src/sessions'

/** An answer, read. */
export interface Answer {
  status: number
  headers: Headers
  body: {
    data?: unknown
    tokenState?: TokenState
    type?: string
    challenges?: string
    errors?: { pointer: string; detail: string }[]
  }
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text()
  const body = (text ? JSON.parse(text) : {}) as Answer['body']
  return { status: response.status, headers: response.headers, body }
}
