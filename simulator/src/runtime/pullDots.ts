/** WeChat's three dots above what is pulled down. */
export function createDots(): HTMLElement {
  const dots = document.createElement('div')
  dots.className = 'simulator-refresher'
  dots.setAttribute('aria-hidden', 'true')
  dots.append(...[1, 2, 3].map(() => document.createElement('i')))
  return dots
}
