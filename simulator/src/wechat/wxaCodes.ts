import { encode } from 'uqr'
import { z } from 'zod'
import { Refusal } from './errors'
import { encodePng } from './png'
import { envVersions, type WxaCode } from './wxaCode'

/** The body of `getwxacodeunlimit`. Colours are taken, but every code is black on white. */
export const wxaCodeBody = z.object({
  scene: z.unknown().optional(),
  page: z.string().optional(),
  check_path: z.boolean().optional(),
  env_version: z.string().optional(),
  width: z.number().optional(),
})

/** The mini-program codes that backends have had made. */
export interface WxaCodes {
  /**
   * Makes a code and returns its picture, a PNG.
   * @throws Refusal 40169, 40129 (scene), 41030 (page), 40097 (anything else)
   */
  make(request: z.output<typeof wxaCodeBody>): Buffer
  /** The newest last. */
  all(): WxaCode[]
}

const longestScene = 32
const sceneForm = /^[\w!#$&'()*+,/:;=?@.~-]*$/
const widths = { least: 280, usual: 430, most: 1280 }
/** Light modules around a code (ISO/IEC 18004). */
const quietZone = 4
/** How many codes are kept. */
const most = 200

/**
 * WeChat: 获取不限制的小程序码. `publishedPages` are those of the mini-program in its release. The picture
 * is a QR code, for only WeChat can read its own kind: it contains `textOf` the code.
 */
export function createWxaCodes(options: {
  appId: string
  publishedPages: readonly string[]
  now: () => number
}): WxaCodes {
  const { appId, publishedPages, now } = options
  let made: WxaCode[] = []

  function check(request: z.output<typeof wxaCodeBody>): WxaCode {
    const { scene, page = '', check_path: isPathChecked = true, env_version } = request
    if (typeof scene !== 'string' || scene === '' || scene.length > longestScene) {
      throw new Refusal(40169)
    }
    if (!sceneForm.test(scene)) throw new Refusal(40129)
    if (page.startsWith('/') || page.includes('?')) throw new Refusal(41030)
    const isPublished = page === '' ? publishedPages.length > 0 : publishedPages.includes(page)
    if (isPathChecked && !isPublished) throw new Refusal(41030)
    const envVersion = envVersions.find((version) => version === (env_version ?? 'release'))
    if (!envVersion) throw new Refusal(40097)
    return { page, scene, envVersion, at: now() }
  }

  return {
    make(request) {
      const code = check(request)
      const { width = widths.usual } = request
      // What becomes of other widths is not documented.
      if (!(width >= widths.least && width <= widths.most)) throw new Refusal(40097)
      made = [...made, code].slice(-most)
      return draw(textOf(appId, code), Math.round(width))
    },
    all: () => made,
  }
}

/** What is read from the picture of a code. */
function textOf(appId: string, { page, scene, envVersion }: WxaCode): string {
  const members = { appid: appId, page, scene, env_version: envVersion }
  return `wxacode:?${new URLSearchParams(members).toString()}`
}

/** A square, as large as whole modules allow. */
function draw(text: string, width: number): Buffer {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone })
  const scale = Math.max(1, Math.floor(width / size))
  const margin = Math.floor((width - size * scale) / 2)
  const moduleAt = (pixel: number) => Math.floor((pixel - margin) / scale)
  const pixels = Array.from({ length: width }, (_, pixel) => moduleAt(pixel))
  return encodePng(pixels.map((y) => pixels.map((x) => data[y]?.[x] ?? false)))
}
