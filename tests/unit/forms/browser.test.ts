// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ignoreComposedEnter, openPicker } from '../../../src/forms/browser'

const input = document.createElement('input')
const confirmed = vi.fn()

/** A key goes down and up, as with uni-app's inputs, which take Enter when it goes up. */
function press(key: string, down: KeyboardEventInit = {}) {
  input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...down }))
  input.dispatchEvent(new KeyboardEvent('keyup', { key, bubbles: true }))
}

beforeEach(() => {
  document.body.append(input)
  input.addEventListener('keyup', confirmed)
})

afterEach(() => {
  input.removeEventListener('keyup', confirmed)
  document.body.replaceChildren()
  confirmed.mockClear()
})

describe('an Enter that chooses a candidate', () => {
  it.each<[how: string, down: KeyboardEventInit]>([
    ['is composing', { isComposing: true }],
    ['has the key code of a composition, which has ended already', { keyCode: 229 }],
  ])('is no confirm key where the event %s', (_how, down) => {
    const stop = ignoreComposedEnter(() => true)
    press('Enter', down)
    expect(confirmed).not.toHaveBeenCalled()
    press('Enter')
    expect(confirmed).toHaveBeenCalledTimes(1)
    stop()
  })

  it('leaves other keys, and the fields of others, alone', () => {
    let isWatched = true
    const stop = ignoreComposedEnter(() => isWatched)
    press('a', { isComposing: true })
    isWatched = false
    press('Enter', { isComposing: true })
    expect(confirmed).toHaveBeenCalledTimes(2)
    stop()
  })

  it('is known though the field keeps the key to itself', () => {
    const stop = ignoreComposedEnter(() => true)
    input.addEventListener('keydown', (event) => event.stopPropagation(), { once: true })
    press('Enter', { isComposing: true })
    expect(confirmed).not.toHaveBeenCalled()
    stop()
  })

  it('is none of which only the end is seen', () => {
    const stop = ignoreComposedEnter(() => true)
    input.dispatchEvent(new KeyboardEvent('keyup', { key: 'Enter', bubbles: true }))
    expect(confirmed).toHaveBeenCalledTimes(1)
    stop()
  })

  it('counts again once nobody listens, at once', () => {
    const stop = ignoreComposedEnter(() => true)
    const key = { key: 'Enter', bubbles: true }
    input.dispatchEvent(new KeyboardEvent('keydown', { ...key, isComposing: true }))
    stop()
    input.dispatchEvent(new KeyboardEvent('keyup', key))
    expect(confirmed).toHaveBeenCalledTimes(1)
    press('Enter', { isComposing: true })
    expect(confirmed).toHaveBeenCalledTimes(2)
  })
})

describe('opening a picker', () => {
  it('clicks it, if it is there', () => {
    const clicked = vi.fn()
    input.id = 'date'
    input.addEventListener('click', clicked)
    openPicker('date')
    openPicker('nothing')
    expect(clicked).toHaveBeenCalledTimes(1)
  })
})
