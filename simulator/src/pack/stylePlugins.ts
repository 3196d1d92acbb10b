import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { PackError } from './packError'

// Large, and needed by few apps.
const require = createRequire(import.meta.url)

/** Less as it is used here; its own types know the asynchronous form only. */
interface Less {
  render(
    source: string,
    options: { filename: string; syncImport: boolean; math: number },
    callback: (
      error: { message: string; line?: number; filename?: string } | null,
      output?: { css: string },
    ) => void,
  ): void
}

/** Sass as it is used here. */
interface Sass {
  compileString(source: string, options: object): { css: string }
}

const isThere = (file: string) => fs.existsSync(file)

function compileLess(file: string, source: string, root: string): string {
  const text = fs.readFileSync(file, 'utf8')
  const globals = path.join(root, 'app.less')
  // DevTools has the variables of app.less everywhere (WeChat: 原生支持 TypeScript, less 使用全局变量).
  const shared =
    source !== 'app.less' && isThere(globals)
      ? `@import (optional, reference) ${JSON.stringify(globals)}; `
      : ''
  let css = ''
  const less = require('less') as Less
  less.render(shared + text, { filename: file, syncImport: true, math: 0 }, (error, output) => {
    if (error) throw faultOf(source, file, error)
    css = output?.css ?? ''
  })
  return css
}

const faultOf = (
  source: string,
  file: string,
  { message, line, filename }: { message: string; line?: number; filename?: string },
) => {
  const elsewhere = filename && filename !== file ? ` in ${path.basename(filename)}` : ''
  return new PackError(source, `${message}${line ? ` (line ${line}${elsewhere})` : ''}`)
}

/** A file that names it itself would have it twice. */
const usesGlobals = /@use\s+["'][^"']*\bglobal(\.scss)?["']/

function compileSass(file: string, source: string, root: string): string {
  const text = fs.readFileSync(file, 'utf8')
  const globals = path.join(root, 'global.scss')
  // As with Less, but in a file of this name (sass 使用全局变量).
  const shared =
    source !== 'global.scss' && isThere(globals) && !usesGlobals.test(text)
      ? `@use "${pathToFileURL(globals).href}"; `
      : ''
  const sass = require('sass') as Sass
  try {
    return sass.compileString(shared + text, {
      url: pathToFileURL(file),
      syntax: file.endsWith('.sass') ? 'indented' : 'scss',
      loadPaths: [root],
      importers: [
        {
          // `/styles/a` counts from the root of the app.
          findFileUrl: (target: string) =>
            target.startsWith('/') ? pathToFileURL(path.join(root, target)) : null,
        },
      ],
      logger: { warn() {}, debug() {} },
    }).css
  } catch (error) {
    const { sassMessage, span, message } = error as {
      sassMessage?: string
      span?: { start: { line: number } }
      message: string
    }
    const line = span ? ` (line ${span.start.line + 1})` : ''
    throw new PackError(source, `${sassMessage ?? message.split('\n')[0]!}${line}`)
  }
}

/** The CSS that DevTools' plugin makes of a style sheet. Throws `PackError`. */
export function compileStyle(
  plugin: 'less' | 'sass',
  file: string,
  source: string,
  root: string,
): string {
  return plugin === 'less' ? compileLess(file, source, root) : compileSass(file, source, root)
}
