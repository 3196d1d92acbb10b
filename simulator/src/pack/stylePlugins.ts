import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { PackError } from './packError'

// Large, and needed by few apps.
const require = createRequire(import.meta.url)

/** Less as it is used here; its own types know the asynchronous form only. */
interface Less {
  FileManager: new () => LessFiles
  render(
    source: string,
    options: {
      filename: string
      syncImport: boolean
      math: number
      plugins: readonly { install(less: Less, manager: LessPlugins): void }[]
    },
    callback: (error: LessError | null, output?: { css: string }) => void,
  ): void
}
interface LessFiles {
  loadFileSync(file: string, folder: string, ...rest: unknown[]): unknown
}
interface LessPlugins {
  addFileManager(files: LessFiles): void
}
interface LessError {
  message?: string
  line?: number
  filename?: string
}

/** Sass as it is used here. */
interface Sass {
  compileString(source: string, options: object): { css: string }
}

const isThere = (file: string) => fs.existsSync(file)

/** `/styles/a` counts from the root of the app. */
const fromRoot = (file: string, root: string) =>
  file.startsWith('/') && !isThere(file) ? path.join(root, file) : file

function compileLess(file: string, source: string, root: string): string {
  const less = require('less') as Less
  const text = fs.readFileSync(file, 'utf8')
  const globals = path.join(root, 'app.less')
  // DevTools has the variables of app.less everywhere (WeChat: 原生支持 TypeScript, less 使用全局变量).
  const shared =
    source !== 'app.less' && isThere(globals)
      ? `@import (optional, reference) ${JSON.stringify(globals)}; `
      : ''
  class RootFiles extends less.FileManager {
    override loadFileSync(name: string, ...rest: [string, ...unknown[]]) {
      return super.loadFileSync(fromRoot(name, root), ...rest)
    }
  }
  const install = (_: Less, manager: LessPlugins) => manager.addFileManager(new RootFiles())
  let css = ''
  const options = { filename: file, syncImport: true, math: 0, plugins: [{ install }] }
  less.render(shared + text, options, (error, output) => {
    if (error) throw faultOf(source, file, error)
    css = output?.css ?? ''
  })
  return css
}

function faultOf(source: string, file: string, { message, line, filename }: LessError): PackError {
  const elsewhere = filename && filename !== file ? ` in ${path.basename(filename)}` : ''
  const place = line ? ` (line ${line}${elsewhere})` : ''
  return new PackError(source, `${message ?? 'cannot be compiled'}${place}`)
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
          findFileUrl: (target: string) =>
            target.startsWith('/') ? pathToFileURL(fromRoot(target, root)) : null,
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
