// The drawing as a file of its own.

/** What style sheets decide; a file of its own has none. All of it is inherited. */
const drawn = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linejoin',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
  'font-variant-numeric',
  'text-anchor',
] as const

/**
 * The drawing as an SVG file's text, in the colours it has on the screen. What is marked
 * `data-screen-only` is left out. The element has to be in the document.
 */
export function toSvgText(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement
  const originals = [svg, ...svg.querySelectorAll('*')]
  const copies = [copy, ...copy.querySelectorAll('*')]
  originals.forEach((original, index) => {
    const twin = copies[index]!
    const style = getComputedStyle(original)
    const inherited = index === 0 ? undefined : getComputedStyle(original.parentElement!)
    for (const name of drawn) {
      const value = style.getPropertyValue(name)
      if (value !== inherited?.getPropertyValue(name)) twin.setAttribute(name, value)
    }
    for (const name of ['class', 'tabindex', 'role', 'aria-label', 'aria-pressed', 'data-id']) {
      twin.removeAttribute(name)
    }
    for (const { name } of [...twin.attributes])
      if (/^data-v-/.test(name)) twin.removeAttribute(name)
  })
  for (const element of copy.querySelectorAll('[data-screen-only]')) element.remove()
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  paper.setAttribute('width', '100%')
  paper.setAttribute('height', '100%')
  paper.setAttribute('fill', getComputedStyle(svg).backgroundColor)
  copy.prepend(paper)
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  return new XMLSerializer().serializeToString(copy)
}

/** Longest side of a canvas that every browser draws. */
const longestSide = 16_000

/** A PNG of an SVG file's text, two dots a pixel where that is not too tall. Rejects where the browser cannot draw it. */
export async function toPng(svgText: string, width: number, height: number): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText)}`
  await image.decode()
  const scale = Math.min(2, longestSide / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    const settle = (blob: Blob | null) =>
      blob ? resolve(blob) : reject(new Error('The browser gave no PNG.'))
    canvas.toBlob(settle, 'image/png')
  })
}

/** Lets the person keep a file. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  // The download has begun with the click's task; the address is needed no longer than that.
  setTimeout(() => URL.revokeObjectURL(url))
}
