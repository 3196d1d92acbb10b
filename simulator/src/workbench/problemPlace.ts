import { isPackageFile } from '../packageFiles'

/** The place of a frame, `app.js:2:65`; what the browser runs by itself (`<anonymous>`) has none. */
const frame = /^\s*at (?:.* \()?((?!\w+:\/\/)[^\s()<>]+:\d+:\d+)\)?$/

/** Where it went wrong: the first frame of the app's own in a problem's stack, else that of a package. */
export function problemPlace(stack: string): string | undefined {
  const places = stack.split('\n').flatMap((line) => frame.exec(line)?.[1] ?? [])
  return places.find((place) => !isPackageFile(place.replace(/:\d+:\d+$/, ''))) ?? places[0]
}
