import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { DrivenPage } from '@watchword/simulator'
import type { AxeResults, RunOptions } from 'axe-core'

declare global {
  interface Window {
    axe: { run(context: string, options: RunOptions): Promise<AxeResults> }
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The least height and width of what is tapped, in px (WCAG 2.2, 2.5.5). */
const leastTarget = 44

/** Texts in the mini-program whose contrast is below AA, as axe describes them. */
export async function weakContrasts({ page }: DrivenPage): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  const { violations, passes } = await page.evaluate(() =>
    // Of what passes, one example is enough: a selector for each element takes long.
    window.axe.run('#simulator-pages', {
      runOnly: ['color-contrast'],
      resultTypes: ['violations'],
    }),
  )
  if (passes.length === 0 && violations.length === 0) throw new Error('there was nothing to check')
  return violations.flatMap(({ nodes }) =>
    nodes.map(({ html, any }) => `${html} ${any.map(({ message }) => message).join(' ')}`),
  )
}

/** What can be tapped and is smaller than a fingertip. */
export function smallTargets({ page }: DrivenPage, selector: string): Promise<string[]> {
  return page.evaluate(
    ([targets, least]) =>
      [...document.querySelectorAll<HTMLElement>(targets)]
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.height < least || box.width < least))
        .map(({ element, box }) => `${element.className} ${box.width} × ${box.height}`),
    [selector, leastTarget] as const,
  )
}

/** What reaches beyond the page's sides, or is wider than the box that cuts it off. */
export function overflowing({ page }: DrivenPage): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('#simulator-pages *')]
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect()
        const isBeyond = left < -1 || right > window.innerWidth + 1
        // An input scrolls what is typed.
        const cuts =
          element.matches(':not(input)') && getComputedStyle(element).overflowX !== 'visible'
        return isBeyond || (cuts && element.scrollWidth > element.clientWidth + 1)
      })
      .map((element) => `${element.className} ${element.textContent}`),
  )
}
