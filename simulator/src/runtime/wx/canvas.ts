import { withWeChatFunctions } from '../builtIns/canvas'
import { createCanvasContext, findCanvas } from '../canvases'
import { asyncApi, type Api, type ApiOptions } from './api'
import type { WxContext } from './context'

/** A part of a canvas, in its own pixels, and how large it is to be. */
interface Cut {
  x: number
  y: number
  width: number
  height: number
}

/** The canvas that an API is asked about: of the new kind itself, of the old kind its id. */
function canvasOf({ canvas, canvasId }: ApiOptions): HTMLCanvasElement {
  const found = canvas instanceof HTMLCanvasElement ? canvas : findCanvas(String(canvasId))
  if (!found) throw new Error('canvas is empty')
  return found
}

const contextOf = (options: ApiOptions) => canvasOf(options).getContext('2d')!

const cutOf = ({ x, y, width, height }: ApiOptions, canvas: HTMLCanvasElement): Cut => ({
  x: Number(x ?? 0),
  y: Number(y ?? 0),
  width: Number(width ?? canvas.width),
  height: Number(height ?? canvas.height),
})

/** Canvases of both kinds: contexts, pixels, pictures. */
export function createCanvasApis({ assetUrl, bridge }: WxContext): Api {
  let files = 0
  return {
    createCanvasContext: (id: string) => createCanvasContext(String(id), assetUrl),
    createOffscreenCanvas: ({ width = 300, height = 150 } = {}) => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height })
      return withWeChatFunctions(canvas, assetUrl)
    },
    canvasToTempFilePath: asyncApi('canvasToTempFilePath', async (options) => {
      const canvas = canvasOf(options)
      const cut = cutOf(options, canvas)
      const picture = document.createElement('canvas')
      picture.width = Number(options.destWidth ?? cut.width)
      picture.height = Number(options.destHeight ?? cut.height)
      const { x, y, width, height } = cut
      picture
        .getContext('2d')!
        .drawImage(canvas, x, y, width, height, 0, 0, picture.width, picture.height)
      const ending = options.fileType === 'jpg' ? 'jpg' : 'png'
      const type = ending === 'jpg' ? 'image/jpeg' : 'image/png'
      const [, base64 = ''] = picture.toDataURL(type, Number(options.quality ?? 1)).split(',')
      const tempFilePath = `wxfile://tmp_canvas_${(files += 1)}.${ending}`
      bridge.tell({ type: 'file', path: tempFilePath, base64 })
      await bridge.sent()
      return { tempFilePath }
    }),
    canvasGetImageData: asyncApi('canvasGetImageData', (options) => {
      const { x, y, width, height } = cutOf(options, canvasOf(options))
      return { width, height, data: contextOf(options).getImageData(x, y, width, height).data }
    }),
    canvasPutImageData: asyncApi('canvasPutImageData', (options) => {
      const { x, y, width } = cutOf(options, canvasOf(options))
      const data = options.data as Uint8ClampedArray<ArrayBuffer>
      contextOf(options).putImageData(new ImageData(data, width), x, y)
    }),
  }
}
