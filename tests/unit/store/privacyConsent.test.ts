import { describe, expect, it } from 'vitest'
import { createPrivacyConsent, type PrivacyAnswer } from '../../../src/store/privacyConsent'
import { phonePrompt } from './fakeAuth'
import { createPhone } from './phone'

function createConsent() {
  const answers: object[] = []
  let ask: (resolve: PrivacyAnswer) => void = () => {}
  const consent = createPrivacyConsent((listener) => (ask = listener))
  return { consent, answers, ask: () => ask((answer) => answers.push(answer)) }
}

describe('the consent to the privacy terms', () => {
  it('is asked for until it is given', () => {
    const { consent, answers, ask } = createConsent()
    expect(consent.isAsked).toBe(false)
    ask()
    expect(consent.isAsked).toBe(true)
    expect(answers).toEqual([])
    consent.agree('agree-button')
    expect(consent.isAsked).toBe(false)
    expect(answers).toEqual([{ event: 'agree', buttonId: 'agree-button' }])
  })

  it('answers everything that waits, each once', () => {
    const { consent, answers, ask } = createConsent()
    ask()
    ask()
    consent.refuse()
    consent.refuse()
    consent.agree('late')
    expect(answers).toEqual([{ event: 'disagree' }, { event: 'disagree' }])
  })

  it('is asked for again if WeChat asks while it receives the answer', () => {
    const answers: object[] = []
    let ask: (resolve: PrivacyAnswer) => void = () => {}
    const consent = createPrivacyConsent((listener) => (ask = listener))
    ask((first) => {
      answers.push(first)
      ask((second) => answers.push(second))
    })
    consent.refuse()
    expect(answers).toEqual([{ event: 'disagree' }])
    expect(consent.isAsked).toBe(true)
  })

  it('notifies listeners when it is asked for, and when it is answered', () => {
    const { consent, ask } = createConsent()
    const seen: boolean[] = []
    consent.subscribe(() => seen.push(consent.isAsked))
    ask()
    consent.refuse()
    expect(seen).toEqual([true, false])
  })
})

describe('where it is asked for', () => {
  it('is the sheet of the visible page', () => {
    const { sheet, askPrivacy, moves } = createPhone()
    const own = sheet()
    askPrivacy()
    expect(own.isActive).toBe(true)
    expect(moves).toEqual([])
  })

  it('is the page of its own where the page has none, which is left afterwards', async () => {
    const phone = createPhone()
    phone.askPrivacy()
    expect(phone.moves).toEqual(['open'])
    await phone.arrive()
    phone.privacy.agree('agree-button')
    await phone.arrive()
    expect(phone.moves).toEqual(['open', 'leave'])
    expect(phone.answers).toHaveLength(1)
  })

  it('is nowhere with ten pages open, which counts as a refusal', async () => {
    const phone = createPhone({ gap: 'not_opened' })
    phone.askPrivacy()
    await phone.arrive()
    expect(phone.answers).toEqual([{ event: 'disagree' }])
  })

  it('going back is a refusal, going on is none', () => {
    const phone = createPhone()
    phone.sheet()
    phone.askPrivacy()
    phone.go('second')
    phone.sheet()
    expect(phone.answers).toEqual([])
    phone.back()
    expect(phone.answers).toEqual([{ event: 'disagree' }])
  })

  it('stays on the page of its own while a prompt is still open', async () => {
    const phone = createPhone()
    phone.auth.set({ prompt: phonePrompt })
    await phone.arrive()
    phone.askPrivacy()
    phone.privacy.refuse()
    await phone.arrive()
    expect(phone.moves).toEqual(['open'])
    phone.auth.set({ prompt: null })
    await phone.arrive()
    expect(phone.moves).toEqual(['open', 'leave'])
  })
})
