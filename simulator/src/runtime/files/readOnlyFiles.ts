/** Files that an app may read, but not write: temporary ones, and those of the app itself. */
export interface ReadOnlyFiles {
  /** Their bytes by path; undefined where there is none. */
  read(path: string): Uint8Array<ArrayBuffer> | undefined
}

/**
 * Asks the simulator's server, and waits for the answer: WeChat's functions that end with `Sync` wait
 * too. A request that waits cannot be made for bytes, so the encoding keeps each in the lower half of
 * a letter (XMLHttpRequest: the open() and overrideMimeType() methods).
 */
export const createReadOnlyFiles = (phone: string): ReadOnlyFiles => ({
  read(path) {
    const request = new XMLHttpRequest()
    request.open('GET', `/phone/${phone}/contents?path=${encodeURIComponent(path)}`, false)
    request.overrideMimeType('text/plain; charset=x-user-defined')
    request.send()
    // 204: there is none. A 404 would be an error on the console, which an app that asks has not made.
    if (request.status !== 200) return undefined
    return Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0) & 0xff)
  },
})
