import { keepCanvas } from '../canvases'
import { defineBuiltIn } from './builtIn'

/** What a selector query hands out as a canvas's `node`: the browser's own, with WeChat's functions. */
export function withWeChatFunctions(canvas: HTMLCanvasElement, assetUrl: (src: string) => string) {
  return Object.assign(canvas, {
    createImage() {
      const image = new Image()
      const source = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src')!
      Object.defineProperty(image, 'src', {
        get: () => source.get!.call(image) as string,
        set(src: string) {
          source.set!.call(image, assetUrl(src))
        },
      })
      return image
    },
    createPath2D: (path?: Path2D) => new Path2D(path),
    createImageData: () => new ImageData(canvas.width, canvas.height),
    requestAnimationFrame: (callback: FrameRequestCallback) => requestAnimationFrame(callback),
    cancelAnimationFrame: (frame: number) => cancelAnimationFrame(frame),
  })
}

/** A canvas: the 2d kind by its `node`, the old kind by its `canvas-id`. */
export const canvas = defineBuiltIn(
  'canvas',
  { type: '', canvasId: '', disableScroll: false },
  (node, services) => {
    const surface = withWeChatFunctions(document.createElement('canvas'), services.assetUrl)
    node.dom.replaceChildren(surface)
    // The old kind is as large as it is drawn; the new kind is sized by the app.
    const fit = () => {
      const { clientWidth, clientHeight } = node.dom
      if (node.props.type === '' && clientWidth > 0) {
        surface.width = clientWidth
        surface.height = clientHeight
      }
    }
    fit()
    if (node.props.type === '2d') Object.assign(surface, { width: 300, height: 150 })
    const forget = keepCanvas(node.dom, () => node.props.canvasId || node.dom.id, surface)
    return { node: () => surface, detached: forget }
  },
)
