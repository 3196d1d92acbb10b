import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A fenced block of a document, or code of a doc comment. */
export interface Example {
  /** Where it begins, e.g. `client.md:12`. */
  at: string
  code: string
}

export interface Block extends Example {
  language: string
}

const fence = /^```(\w*)\n([\s\S]*?)^```$/gm

const root = join(import.meta.dirname, '../..')

/** The text of a file in docs/. */
export function readDocument(name: string): string {
  return readFileSync(join(root, 'docs', name), 'utf8')
}

/** The files of the package that have styles, by path, and what they say. */
export function readStyled(): Map<string, string> {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  const styled = files.filter((file) => /\.(css|vue)$/.test(file))
  return new Map(
    styled.map((file) => [
      file.replaceAll('\\', '/'),
      readFileSync(join(root, 'src', file), 'utf8'),
    ]),
  )
}

/** The guides in English, by their path in docs/; each has a Chinese one of its name in docs/zh/. */
export const guides = readdirSync(join(root, 'docs/guide')).map((file) => `guide/${file}`)

/** The fenced blocks of a file in docs/, in order. */
export function blocksOf(name: string): Block[] {
  const text = readDocument(name)
  return [...text.matchAll(fence)].map(({ index, 1: language = '', 2: code = '' }) => ({
    at: `${name}:${text.slice(0, index).split('\n').length + 1}`,
    language,
    code,
  }))
}

/** The TypeScript blocks of a file in docs/, in order. */
export function examplesOf(name: string): Example[] {
  return blocksOf(name).filter(({ language }) => language === 'ts')
}

/** The words that stand in code, fenced or inline: prose that happens to say them is no mention. */
export function wordsInCode(text: string): Set<string> {
  const blocks = [...text.matchAll(fence)].map(([, , code = '']) => code)
  const spans = [...text.replace(fence, '').matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span)
  // `scope.camera` is a word, and so are its parts.
  const words = (code: string) => [...code.matchAll(/[\w.]+/g)].map(([word]) => word)
  return new Set([...blocks, ...spans].flatMap(words).flatMap((one) => [one, ...one.split('.')]))
}
