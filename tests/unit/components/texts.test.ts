import { afterEach, describe, expect, it, vi } from 'vitest'
import type { AuthTexts } from '../../../src/locale/texts'
import { en } from '../../../src/locale/en'
import { signInEn } from '../../../src/locale/signInEn'
import { signInZhHans } from '../../../src/locale/signInZhHans'
import { zhHans } from '../../../src/locale/zhHans'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

const broken = () => {
  throw new Error('broken')
}

/** The texts on a phone whose language is set by `tell`. */
async function textsOn(locale: string, own?: () => AuthTexts | undefined) {
  const listeners: ((change: { locale: string }) => void)[] = []
  vi.stubGlobal('uni', {
    getLocale: () => locale,
    onLocaleChange: (listener: (typeof listeners)[number]) => listeners.push(listener),
  })
  const { useAuthTexts } = await import('../../../src/locale/texts')
  const texts = useAuthTexts(own)
  return {
    texts,
    useAuthTexts,
    listeners,
    tell: (next: string) => listeners.forEach((listener) => listener({ locale: next })),
  }
}

describe('the texts of the components', () => {
  it.each(['en', 'en-US'])('are English where the app speaks %s', async (locale) => {
    const { texts } = await textsOn(locale)
    expect(texts.value).toEqual(en)
  })

  it.each<[string, object]>([
    ['throws', { getLocale: broken }],
    ['has no languages', {}],
    ['says undefined', { getLocale: () => undefined, onLocaleChange() {} }],
    ['cannot be listened to', { getLocale: () => undefined }],
  ])('are Chinese on a host that %s', async (_how, uni) => {
    vi.stubGlobal('uni', uni)
    const { useAuthTexts } = await import('../../../src/locale/texts')
    expect(useAuthTexts(undefined).value).toEqual(zhHans)
  })

  it('are Chinese after a change that the host does not name', async () => {
    const { texts, listeners } = await textsOn('en')
    expect(texts.value).toEqual(en)
    listeners[0]!(undefined as never)
    expect(texts.value).toEqual(zhHans)
  })

  it.each(['zh-Hans', 'zh-Hant', 'ja', ''])('are Chinese where it speaks "%s"', async (locale) => {
    const { texts } = await textsOn(locale)
    expect(texts.value).toEqual(zhHans)
  })

  it('follow the app when it changes its language, by one subscription', async () => {
    const { texts, useAuthTexts, listeners, tell } = await textsOn('zh-Hans')
    expect(texts.value.cancel).toBe(zhHans.cancel)
    expect(useAuthTexts().value.cancel).toBe(zhHans.cancel)
    tell('en')
    expect(texts.value).toEqual(en)
    expect(listeners).toHaveLength(1)
  })

  it('are replaced one by one by those of the app', async () => {
    const { texts } = await textsOn('en', () => ({
      cancel: 'Later',
      getPhoneNumber: { title: 'So that the movers find you' },
      profile: undefined,
    }))
    expect(texts.value).toEqual({
      ...en,
      cancel: 'Later',
      getPhoneNumber: { ...en.getPhoneNumber, title: 'So that the movers find you' },
    })
  })

  it('have a sentence of its own for every error', () => {
    for (const { errors } of [zhHans, en]) {
      const sentences = Object.values(errors)
      expect(new Set(sentences).size).toBe(sentences.length)
      expect(sentences.filter((sentence) => !/[.。]$/.test(sentence))).toEqual([])
    }
  })

  it('are the same ones in both languages', () => {
    const names = (texts: object): string[] =>
      Object.entries(texts).flatMap(([name, text]) =>
        typeof text === 'object' ? names(text as object).map((one) => `${name}.${one}`) : name,
      )
    expect(names(en)).toEqual(names(zhHans))
    expect(names(signInEn)).toEqual(names(signInZhHans))
  })
})
