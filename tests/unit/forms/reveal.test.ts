import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ComponentPublicInstance } from 'vue'
import { createReveal } from '../../../src/forms/reveal'
import { createPage, type Places } from './hostPage'

const component = { $nextTick: (run: () => void) => run() } as unknown as ComponentPublicInstance

/** A window 600 px high, scrolled by 100. */
const view = { width: 375, height: 600, scrollTop: 100 }

function revealOn(places: Places, covered?: number) {
  const page = createPage({ view, ...places })
  vi.stubGlobal('uni', page.uni)
  createReveal(component)('phone', covered)
  return page
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('revealing a field', () => {
  it.each<
    [
      sentence: string,
      box: { top: number; bottom: number },
      covered: number,
      to: number | undefined,
    ]
  >([
    ['leaves alone what can be seen', { top: 100, bottom: 150 }, 300, undefined],
    ['lifts above the keyboard what it covers', { top: 280, bottom: 330 }, 300, 142],
    ['lifts above the keyboard what is just at it', { top: 240, bottom: 290 }, 300, 102],
    ['brings down what is above the window', { top: -50, bottom: 0 }, 300, 38],
    ['shows the last lines of what is too high', { top: -20, bottom: 400 }, 300, 212],
    ['does not go back to its first lines', { top: -132, bottom: 288 }, 300, undefined],
    ['goes back only as far as its last lines can be seen', { top: -132, bottom: 268 }, 300, 80],
    ['brings up what is below the window without a keyboard', { top: 700, bottom: 750 }, 0, 262],
  ])('%s', (_sentence, box, covered, to) => {
    const { asked, pageScrollTo } = revealOn({ box }, covered)
    expect(asked).toEqual(['#phone'])
    expect(pageScrollTo.mock.calls.map(([{ scrollTop }]) => scrollTop as number)).toEqual(
      to === undefined ? [] : [to],
    )
  })

  it('remembers what is covered', () => {
    const page = createPage({ view, box: { top: 280, bottom: 330 } })
    vi.stubGlobal('uni', page.uni)
    const reveal = createReveal(component)
    reveal(undefined, 300)
    expect(page.asked).toEqual([])
    reveal('phone')
    expect(page.pageScrollTo).toHaveBeenCalledWith(expect.objectContaining({ scrollTop: 142 }))
  })

  it.each<[sentence: string, places: Places]>([
    ['a field that is not there', { box: null }],
    ['a host that answers nothing', { box: undefined, view: undefined }],
    ['a host that answers nonsense', { box: { top: 'high', bottom: 900 }, view: 7 }],
    ['a host without a height', { box: { top: 900, bottom: 950 }, view: { scrollTop: 0 } }],
  ])('leaves the page where it is for %s', (_sentence, places) => {
    expect(revealOn(places, 300).pageScrollTo).not.toHaveBeenCalled()
  })

  it('does not throw when a host that cannot scroll answers later', () => {
    const { query } = createPage({})
    let answer: (found: unknown) => void = () => {}
    const late = { ...query, in: () => late, exec: (then: typeof answer) => void (answer = then) }
    vi.stubGlobal('uni', { createSelectorQuery: () => late })
    createReveal(component)('phone', 300)
    expect(() => answer([{ top: 280, bottom: 330 }, view])).not.toThrow()
  })

  it.each<[sentence: string, uni: object]>([
    ['has no queries', {}],
    [
      'throws',
      {
        createSelectorQuery() {
          throw new Error('broken')
        },
      },
    ],
    ['gives no query', { createSelectorQuery: () => undefined }],
  ])('does not throw on a host that %s', (_sentence, uni) => {
    vi.stubGlobal('uni', uni)
    expect(() => createReveal(component)('phone', 300)).not.toThrow()
    expect(() => createReveal(undefined)('phone', 300)).not.toThrow()
  })
})
