/** `src/pages/home/home` at 9:05 on 2 May 2026 → `src-pages-home-home-20260502-090500.png`. */
export function pictureName(route: string, at: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const day = `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('')
  return `${route.replaceAll('/', '-') || 'phone'}-${day}-${time}.png`
}

/** Hands a file to the browser's downloads. */
export function download(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser reads the address after this task.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
