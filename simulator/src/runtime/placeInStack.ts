import { moduleScheme } from '../moduleWrapper'

const frame = new RegExp(String.raw`${moduleScheme}([^\s)]+?):(\d+):\d+`)

/**
 * The first place of the app in a stack, as `pages/home/home.js:5`; undefined where there is none.
 * Lines are those of the compiled file: columns, and lines of its sources, are known to the host only.
 */
export function placeInStack(stack: string): string | undefined {
  const [, file, line] = frame.exec(stack) ?? []
  // A module inside a template has the template's lines.
  return file && `${file.replace(/#.*$/, '')}:${line}`
}
