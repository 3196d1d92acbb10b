// The canvases on the pages, by their ids, and the context of the old kind.

interface Kept {
  dom: HTMLElement
  id: () => string
  surface: HTMLCanvasElement
}

const kept = new Set<Kept>()

/** Notes a canvas; returns how to forget it. */
export function keepCanvas(
  dom: HTMLElement,
  id: () => string,
  surface: HTMLCanvasElement,
): () => void {
  const canvas = { dom, id, surface }
  kept.add(canvas)
  return () => void kept.delete(canvas)
}

/** The canvas with this `canvas-id`, the one opened last where several pages have one. */
export const findCanvas = (id: string): HTMLCanvasElement | undefined =>
  [...kept].filter((canvas) => canvas.id() === id).at(-1)?.surface

type Context = CanvasRenderingContext2D
type Step = (context: Context) => void

/** `setFillStyle` and so on: WeChat's names for what the browser has as properties. */
const properties: Readonly<Record<string, string>> = {
  setFillStyle: 'fillStyle',
  setStrokeStyle: 'strokeStyle',
  setLineWidth: 'lineWidth',
  setLineCap: 'lineCap',
  setLineJoin: 'lineJoin',
  setMiterLimit: 'miterLimit',
  setTextAlign: 'textAlign',
  setTextBaseline: 'textBaseline',
  setGlobalAlpha: 'globalAlpha',
}

/** What has the same name and arguments in the browser. */
const methods = [
  ...['arc', 'arcTo', 'beginPath', 'bezierCurveTo', 'clearRect', 'clip', 'closePath', 'fill'],
  ...['fillRect', 'fillText', 'lineTo', 'moveTo', 'quadraticCurveTo', 'rect', 'restore', 'rotate'],
  ...[
    'save',
    'scale',
    'setTransform',
    'stroke',
    'strokeRect',
    'strokeText',
    'transform',
    'translate',
  ],
]

/** The old kind's context: it notes what it is to draw, and draws it when `draw` is called. */
export function createCanvasContext(id: string, assetUrl: (src: string) => string) {
  let steps: Step[] = []
  const pen = document.createElement('canvas').getContext('2d')!
  const note = (step: Step) => {
    steps.push(step)
    step(pen)
  }
  const context: Record<string, unknown> = {
    setFontSize: (size: number) =>
      note((c) => void (c.font = c.font.replace(/[\d.]+px/, `${size}px`))),
    setLineDash: (pattern: number[], offset: number) =>
      note((c) => {
        c.setLineDash(pattern)
        c.lineDashOffset = offset
      }),
    setShadow: (x: number, y: number, blur: number, color: string) =>
      note((c) =>
        Object.assign(c, {
          ...{ shadowOffsetX: x, shadowOffsetY: y, shadowBlur: blur, shadowColor: color },
        }),
      ),
    measureText: (text: string) => ({ width: pen.measureText(text).width }),
    createLinearGradient: (...line: [number, number, number, number]) =>
      pen.createLinearGradient(...line),
    createCircularGradient: (x: number, y: number, r: number) =>
      pen.createRadialGradient(x, y, 0, x, y, r),
    drawImage(src: string, ...place: number[]) {
      const image = new Image()
      image.src = assetUrl(src)
      const isLoaded = image.decode().catch(() => undefined)
      pictures.push(isLoaded)
      // The pen has nothing to draw on: pictures are for the canvas only.
      steps.push((c) => {
        if (image.complete && image.naturalWidth > 0)
          (c.drawImage as (...args: unknown[]) => void)(image, ...place)
      })
    },
    draw(reserve?: unknown, callback?: unknown) {
      const isKept = reserve === true
      const onDrawn = typeof reserve === 'function' ? reserve : callback
      const drawn = steps
      steps = []
      void Promise.all(pictures.splice(0)).then(() => {
        const surface = findCanvas(id)
        const target = surface?.getContext('2d')
        if (surface && target) {
          if (!isKept) target.reset()
          for (const step of drawn) step(target)
        }
        if (typeof onDrawn === 'function') (onDrawn as () => void)()
      })
    },
  }
  const pictures: Promise<void>[] = []
  for (const [setter, property] of Object.entries(properties)) {
    context[setter] = (value: unknown) => note((c) => Object.assign(c, { [property]: value }))
    Object.defineProperty(context, property, {
      get: () => pen[property as keyof Context],
      set(value: unknown) {
        note((c) => Object.assign(c, { [property]: value }))
      },
    })
  }
  Object.defineProperty(context, 'font', {
    get: () => pen.font,
    set(font: string) {
      note((c) => void (c.font = font))
    },
  })
  for (const method of methods) {
    context[method] ??= (...args: unknown[]) =>
      note((c) => (c as unknown as Record<string, (...given: unknown[]) => void>)[method]!(...args))
  }
  return context
}
