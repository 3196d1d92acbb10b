// uni-app's conditional compilation: https://uniapp.dcloud.net.cn/tutorial/platform.html. The compiler
// removes the blocks before it parses, see lib/preprocess in @dcloudio/uni-cli-shared.
const directive = /(?:\/\/|\/\*|<!--)[ \t]*#(ifdef|ifndef|if|else|endif)\b/g

/** Which conditional blocks each place of a text is in. */
export interface Conditions {
  /** Empty where the text is always compiled. That of a nested block begins with that of the outer. */
  at(offset: number): string
}

export function conditionsIn(text: string): Conditions {
  const changes: { from: number; blocks: string[] }[] = [{ from: 0, blocks: [] }]
  for (const { index, 1: word } of text.matchAll(directive)) {
    const outer = changes.at(-1)!.blocks
    if (word === 'endif') changes.push({ from: index, blocks: outer.slice(0, -1) })
    else if (word === 'else')
      changes.push({ from: index, blocks: [...outer.slice(0, -1), `${index}/`] })
    else changes.push({ from: index, blocks: [...outer, `${index}/`] })
  }
  return {
    at: (offset) => changes.findLast(({ from }) => from <= offset)!.blocks.join(''),
  }
}

export function isConditional(text: string): boolean {
  return text.search(directive) >= 0
}
