/** The number of a token, so that tokens can be told apart without being known. */
export type NumberOf = (token: string) => number

/** As many as can be in use at once, and some; the older ones are forgotten. */
const rememberedLimit = 5

/** Counts from 1, in the order in which the tokens are seen. */
export function createTokenNumbers(): NumberOf {
  const numbers = new Map<string, number>()
  let count = 0
  return (token) => {
    const number = numbers.get(token) ?? ++count
    numbers.set(token, number)
    const [oldest] = numbers.keys()
    if (numbers.size > rememberedLimit && oldest !== undefined) numbers.delete(oldest)
    return number
  }
}
