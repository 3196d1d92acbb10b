import fs from 'node:fs'
import path from 'node:path'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { unguardedColumn, type Insertion } from '../loopGuard'
import { moduleScheme, shiftOf } from '../moduleWrapper'
import { isPackageFile } from '../packageFiles'

/** Turns places in compiled files into places in the app's sources. */
export interface SourceMaps {
  /**
   * A stack, or any text with one in it, with the app's own files and lines: those of its sources
   * where a map has them, else of the compiled files. The simulator's own frames are left out,
   * and so are those of packages below the first of the app's own.
   */
  mapStack(text: string): string
}

/** A frame in a stack of V8's: `at name (address:line:column)`, or without a name. */
const frame = /^(\s*at (?:async )?)(?:(.*?) \()?((?:miniprogram|https?):\/\/\S*?):(\d+):(\d+)\)?$/

/** What a frame of the simulator's runtime, its framework included, comes from. */
const isRuntime = (address: string) =>
  /^https?:\/\/[^/]+\/(runtime|app)(-[0-9a-f]+)?\.js$/.test(address)

/**
 * Reads source maps of `dist` when they are first needed. uni-app writes them to
 * `../.sourcemap/mp-weixin` (`--sourcemap`), WeChat's own tools beside the files. One that is not there or
 * broken is ignored. `made` are those of files that were compiled here, `insertions` what was put into
 * files to guard their loops.
 */
export function createSourceMaps(
  dist: string,
  made: Readonly<Record<string, string>> = {},
  insertions: Readonly<Record<string, readonly Insertion[]>> = {},
): SourceMaps {
  const maps = new Map<string, TraceMap | undefined>()

  const readMap = (file: string): TraceMap | undefined => {
    const own = made[file]
    if (own !== undefined) return new TraceMap(own)
    const places = [
      path.join(dist, '../.sourcemap/mp-weixin', `${file}.map`),
      path.join(dist, `${file}.map`),
    ]
    for (const place of places) {
      try {
        return new TraceMap(fs.readFileSync(place, 'utf8'))
      } catch {
        // Not there, or no map.
      }
    }
    return undefined
  }
  const mapOf = (file: string) => {
    if (!maps.has(file)) maps.set(file, readMap(file))
    return maps.get(file)
  }
  const placeOf = (file: string, line: number, column: number) => {
    const inSource = line === 1 ? column - shiftOf(file) : column
    const ownColumn = unguardedColumn(insertions[file] ?? [], line, inSource)
    const map = mapOf(file)
    const found = map && originalPositionFor(map, { line, column: Math.max(0, ownColumn - 1) })
    // A module inside a template has its lines.
    if (!found?.source) return { file: file.replace(/#.*$/, ''), line, column: ownColumn }
    // `?type=page` is uni-app's mark of the part of a file that makes the page.
    return { file: found.source.replace(/\?.*$/, ''), line: found.line, column: found.column + 1 }
  }

  return {
    mapStack(text) {
      const lines: string[] = []
      let hasOwn = false
      for (const line of text.split('\n')) {
        const [, start, name, address, row, column] = frame.exec(line) ?? []
        if (start === undefined || address === undefined) {
          if (!/^\s*at /.test(line)) hasOwn = false
          lines.push(line)
          continue
        }
        if (isRuntime(address)) continue
        if (!address.startsWith(moduleScheme)) {
          lines.push(line)
          continue
        }
        const place = placeOf(address.slice(moduleScheme.length), Number(row), Number(column))
        if (isPackageFile(place.file) && hasOwn) continue
        hasOwn ||= !isPackageFile(place.file)
        const where = `${place.file}:${place.line}:${place.column}`
        lines.push(name ? `${start}${name} (${where})` : `${start}${where}`)
      }
      return lines.join('\n')
    },
  }
}
