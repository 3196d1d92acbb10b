/** What a mini-program code says; see `getwxacodeunlimit`. */
export interface ScannedCode {
  /** The app's first page where empty. */
  page: string
  scene: string
}

/** WeChat's number for an app that was opened by its code (WeChat: 场景值, 扫描小程序码). */
export const scannedScene = 1047

/** Page and query that a code opens. WeChat hands the scene on percent-encoded (WeChat: 获取不限制的小程序码). */
export function scannedUrl({ page, scene }: ScannedCode, firstPage: string): string {
  return `${page || firstPage}?scene=${encodeURIComponent(scene)}`
}
