import { afterEach, describe, expect, it, vi } from 'vitest'
import { en } from '../../../src/locale/en'
import { currentTexts } from '../../../src/locale/texts'
import { zhHans } from '../../../src/locale/zhHans'

afterEach(() => void vi.unstubAllGlobals())

function phoneSpeaks(locale: string) {
  vi.stubGlobal('uni', { getLocale: () => locale })
}

describe('the texts of the components', () => {
  it.each(['en', 'en-US'])('are English on a phone that speaks %s', (locale) => {
    phoneSpeaks(locale)
    expect(currentTexts()).toBe(en)
  })

  it.each(['zh-Hans', 'zh-Hant', 'ja', ''])('are Chinese on a phone that speaks "%s"', (locale) => {
    phoneSpeaks(locale)
    expect(currentTexts()).toBe(zhHans)
  })

  it('have a sentence of its own for every error', () => {
    for (const { errors } of [zhHans, en]) {
      const sentences = Object.values(errors)
      expect(new Set(sentences).size).toBe(sentences.length)
      expect(sentences.filter((sentence) => !/[.。]$/.test(sentence))).toEqual([])
    }
  })
})
