import { describe, expect, it } from 'vitest'
import { createProfilePress } from '../../../src/components/profilePress'
import { createClock } from '../../support/clock'

const detail = { errMsg: 'getUserInfo:ok', encryptedData: 'data', iv: 'iv' }

function createPress({ givesUserInfo = true, checksNicknames = true } = {}) {
  const clock = createClock()
  const said: unknown[] = []
  let isWaiting = false
  const parts = createProfilePress({
    after: clock.after,
    givesUserInfo,
    checksNicknames,
    waiting: (is) => (isWaiting = is),
    refused: (why) => said.push(why),
    submit: (submission) => said.push(submission),
  })
  /** Typed, and checked by WeChat, unless `verdict` is to come later. */
  const enter = (nickname: string, verdict?: { pass?: boolean; timeout?: boolean }) => {
    parts.focused()
    parts.typed(nickname)
    parts.blurred(nickname)
    if (verdict) parts.reviewed(verdict)
  }
  return { parts, said, clock, enter, isWaiting: () => isWaiting }
}

const passed = { pass: true, timeout: false }

describe('a press whose parts come in', () => {
  it('is submitted as soon as all are there', () => {
    const { parts, said, enter, isWaiting } = createPress()
    enter('小岚', passed)
    expect(isWaiting()).toBe(false)
    parts.gotForm(' 小岚 ')
    expect(said).toEqual([])
    expect(isWaiting()).toBe(true)
    parts.gotUserInfo(detail)
    expect(said).toEqual([{ nickname: '小岚', detail }])
    expect(isWaiting()).toBe(false)
  })

  it('waits for the verdict on the nickname', () => {
    const { parts, said, enter } = createPress()
    enter('小岚')
    parts.gotForm('小岚')
    parts.gotUserInfo(detail)
    expect(said).toEqual([])
    parts.reviewed(passed)
    expect(said).toEqual([{ nickname: '小岚', detail }])
  })

  it('asks for no second verdict on the same nickname', () => {
    const { parts, said, enter } = createPress({ givesUserInfo: false })
    enter('小岚', passed)
    parts.focused()
    parts.blurred('小岚')
    parts.gotForm('小岚')
    expect(said).toEqual([{ nickname: '小岚' }])
  })

  it('has no user info to wait for outside WeChat, and no verdict', () => {
    const { parts, said, enter } = createPress({ givesUserInfo: false, checksNicknames: false })
    enter('小岚')
    parts.gotForm('小岚')
    expect(said).toEqual([{ nickname: '小岚' }])
  })
})

describe('a press of which a part stays away', () => {
  it('is submitted without the user info after 2 s', async () => {
    const { parts, said, clock, enter } = createPress()
    enter('小岚', passed)
    parts.gotForm('小岚')
    await clock.advance(1_999)
    expect(said).toEqual([])
    await clock.advance(1)
    expect(said).toEqual([{ nickname: '小岚' }])
  })

  it('is submitted with what was typed where the form stays away', async () => {
    const { parts, said, clock, enter } = createPress()
    enter(' 小岚', passed)
    parts.gotUserInfo(detail)
    await clock.advance(2_000)
    expect(said).toEqual([{ nickname: '小岚', detail }])
  })

  it('is submitted without a verdict after 2 s, and does not wait for it again', async () => {
    const { parts, said, clock, enter } = createPress({ givesUserInfo: false })
    enter('小岚')
    parts.gotForm('小岚')
    await clock.advance(2_000)
    expect(said).toEqual([{ nickname: '小岚' }])
    parts.focused()
    parts.blurred('小岚')
    parts.gotForm('小岚')
    expect(said).toHaveLength(2)
  })

  it('says that the nickname is missing where nothing was typed', async () => {
    const { parts, said, clock } = createPress()
    parts.gotUserInfo(detail)
    await clock.advance(2_000)
    expect(said).toEqual(['missing'])
  })

  it('holds the button no longer than its parts take to say that the nickname is missing', () => {
    const { parts, said, isWaiting } = createPress()
    parts.focused()
    parts.gotForm('')
    parts.gotUserInfo(detail)
    expect(new Set(said)).toEqual(new Set(['missing']))
    expect(isWaiting()).toBe(false)
  })

  it('says nothing more once it was dropped', async () => {
    const { parts, said, clock, enter } = createPress()
    enter('小岚', passed)
    parts.gotForm('小岚')
    parts.reset()
    await clock.advance(5_000)
    expect(said).toEqual([])
  })
})

describe('a nickname that WeChat refuses', () => {
  it('is noticed by its verdict, and nothing is submitted', async () => {
    const { parts, said, clock, enter } = createPress()
    enter('坏词')
    parts.gotForm('坏词')
    parts.gotUserInfo(detail)
    parts.reviewed({ pass: false, timeout: false })
    await clock.advance(5_000)
    expect(said).toEqual(['rejected'])
  })

  it('is noticed although its check begins after the press that blurs it', async () => {
    const { parts, said, clock } = createPress()
    parts.focused()
    parts.typed('坏词')
    parts.gotForm('坏词')
    parts.gotUserInfo(detail)
    parts.blurred('坏词')
    parts.reviewed({ pass: false, timeout: false })
    await clock.advance(5_000)
    expect(said).toEqual(['rejected'])
  })

  it('is noticed although the keyboard put it in without telling', () => {
    const { parts, said } = createPress({ givesUserInfo: false })
    parts.focused()
    parts.blurred('坏词')
    parts.gotForm('坏词')
    parts.reviewed({ pass: false, timeout: false })
    expect(said).toEqual(['rejected'])
  })

  it('is noticed by its being emptied, where there are no verdicts', async () => {
    const { parts, said, clock, enter } = createPress()
    enter('坏词')
    parts.gotForm('坏词')
    parts.typed('')
    await clock.advance(5_000)
    expect(said).toEqual(['rejected'])
  })

  it('is noticed by a form without it, where emptying it is not reported', async () => {
    const { parts, said, clock, enter } = createPress({ givesUserInfo: false })
    enter('坏词')
    parts.gotForm('')
    await clock.advance(2_000)
    expect(new Set(said)).toEqual(new Set(['rejected']))
  })

  it('is noticed by a form without it at once, where the check took too long', () => {
    const { parts, said, enter } = createPress({ givesUserInfo: false })
    enter('坏词', { pass: false, timeout: true })
    parts.gotForm('')
    expect(said).toEqual(['rejected'])
  })

  it('waits for its verdict again when it is typed again', () => {
    const { parts, said, enter } = createPress({ givesUserInfo: false })
    enter('坏词', { pass: false, timeout: false })
    enter('坏词')
    parts.gotForm('坏词')
    parts.reviewed({ pass: false, timeout: false })
    expect(said).toEqual(['rejected', 'rejected'])
  })

  it('is not submitted by pressing again, but another one is', () => {
    const { parts, said, enter } = createPress({ givesUserInfo: false })
    enter('坏词', { pass: false, timeout: false })
    parts.typed('')
    parts.gotForm('')
    expect(new Set(said)).toEqual(new Set(['rejected']))
    said.length = 0
    enter('小岚', passed)
    parts.gotForm('小岚')
    expect(said).toEqual([{ nickname: '小岚' }])
  })

  it('is not one whose check took too long', () => {
    const { parts, said, enter } = createPress({ givesUserInfo: false })
    enter('小岚', { pass: false, timeout: true })
    parts.gotForm('小岚')
    expect(said).toEqual([{ nickname: '小岚' }])
  })

  it('is not one that the user deletes', () => {
    const { parts, said } = createPress()
    parts.focused()
    parts.typed('小')
    parts.typed('')
    expect(said).toEqual([])
  })

  it('is not one that was there before and is taken away by the app', () => {
    const { parts, said } = createPress()
    parts.began('小岚')
    parts.began('')
    expect(said).toEqual([])
    expect(parts.hasNickname()).toBe(false)
  })
})

// WeChat has been seen to submit one although the field shows a nickname that it has passed.
describe('a form without the nickname', () => {
  type Parts = ReturnType<typeof createPress>['parts']
  const emptyForm = (parts: Parts) => parts.gotForm('')
  const userInfo = (parts: Parts) => parts.gotUserInfo(detail)
  const orders = [
    ['first', [emptyForm, userInfo]],
    ['last', [userInfo, emptyForm]],
  ] as const

  it.each(orders)('that comes in %s loses none that WeChat has passed', (_, press) => {
    const { parts, said, enter } = createPress()
    enter('小岚', passed)
    for (const comeIn of press) comeIn(parts)
    expect(said).toEqual([{ nickname: '小岚', detail }])
  })

  it.each(orders)('that comes in %s waits for the verdict', (_, press) => {
    const { parts, said, enter } = createPress()
    enter('小岚')
    for (const comeIn of press) comeIn(parts)
    expect(said).toEqual([])
    parts.reviewed(passed)
    expect(said).toEqual([{ nickname: '小岚', detail }])
  })

  it.each(orders)('that comes in %s, before the blur, waits for it too', (_, press) => {
    const { parts, said } = createPress()
    parts.focused()
    parts.typed('小岚')
    for (const comeIn of press) comeIn(parts)
    parts.blurred('小岚')
    parts.reviewed(passed)
    expect(said).toEqual([{ nickname: '小岚', detail }])
  })

  it.each(orders)('that comes in %s is refused when the verdict is no', (_, press) => {
    const { parts, said, enter } = createPress()
    enter('坏词')
    for (const comeIn of press) comeIn(parts)
    parts.reviewed({ pass: false, timeout: false })
    expect(said).toEqual(['rejected'])
  })

  it.each(orders)('that comes in %s is missing it when the user has emptied it', (_, press) => {
    const { parts, said, enter } = createPress()
    enter('小岚', passed)
    parts.focused()
    parts.typed('')
    parts.blurred('')
    for (const comeIn of press) comeIn(parts)
    expect(new Set(said)).toEqual(new Set(['missing']))
  })

  it.each(orders)('that comes in %s is missing it when only the blur says so', (_, press) => {
    const { parts, said, enter } = createPress()
    enter('小岚', passed)
    parts.focused()
    for (const comeIn of press) comeIn(parts)
    parts.blurred('')
    expect(said).toEqual(['missing'])
  })

  it('does not wait longer than 2 s for the blur', async () => {
    const { parts, said, clock, enter } = createPress({ givesUserInfo: false })
    enter('小岚', passed)
    parts.focused()
    parts.gotForm('')
    await clock.advance(2_000)
    expect(said).toEqual([{ nickname: '小岚' }])
  })

  it('loses none that was known already', () => {
    const { parts, said } = createPress({ givesUserInfo: false })
    parts.began('小岚')
    parts.gotForm('')
    expect(said).toEqual([{ nickname: '小岚' }])
  })

  it('is not filled by an earlier nickname, or by the verdict on it', async () => {
    const { parts, said, clock, enter } = createPress({ givesUserInfo: false })
    enter('小岚')
    parts.focused()
    parts.typed('坏词')
    parts.reviewed(passed)
    parts.blurred('坏词')
    parts.gotForm('')
    await clock.advance(2_000)
    expect(said).toEqual(['rejected'])
  })

  it('is not held against the nickname once a late verdict has passed it', async () => {
    const { parts, said, clock, enter } = createPress({ givesUserInfo: false })
    enter('小岚')
    parts.gotForm('')
    await clock.advance(2_000)
    parts.reviewed(passed)
    parts.gotForm('')
    expect(said).toEqual(['rejected', { nickname: '小岚' }])
  })
})

describe('the user info that a press gives', () => {
  it.each([
    ['data', { errMsg: 'getUserInfo:ok', encryptedData: 'data' }, true],
    ['a refusal', { errMsg: 'getUserInfo:fail auth deny' }, true],
    ['a refusal as older clients spell it', { errMsg: 'getUserInfo:fail:auth denied' }, true],
    ['a cancel', { errMsg: 'getUserInfo:cancel' }, true],
    ['a refusal of the privacy terms', { errMsg: 'getUserInfo:fail …', errno: 104 }, true],
    ['a missing declaration', { errMsg: 'getUserInfo:fail …', errno: 112 }, true],
    ['any other failure', { errMsg: 'getUserInfo:fail timeout' }, false],
    ['nothing', { errMsg: 'getUserInfo:ok' }, false],
  ])('that is %s goes along or not', (_what, given, goesAlong) => {
    const { parts, said, enter } = createPress()
    enter('小岚', passed)
    parts.gotForm('小岚')
    parts.gotUserInfo(given)
    expect(said).toEqual([{ nickname: '小岚', ...(goesAlong && { detail: given }) }])
  })
})
