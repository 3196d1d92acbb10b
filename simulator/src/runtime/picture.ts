// A script of its own; see `workbenchLine.ts`.
import { domToBlob } from 'modern-screenshot'

declare global {
  interface Window {
    /** A PNG of the phone's page as it is seen, of this size in CSS pixels. */
    takePicture?: (size: { width: number; height: number }) => Promise<Blob>
  }
}

/** Pixels of a picture to one CSS pixel, as on most phones. */
const scale = 2

window.takePicture = (size) =>
  domToBlob(document.documentElement, {
    ...size,
    scale,
    type: 'image/png',
    features: { restoreScrollPosition: true },
  })
