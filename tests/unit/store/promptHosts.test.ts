import { describe, expect, it } from 'vitest'
import { promptGaps, type PromptGap } from '../../../src/store/mistakes'
import { loginPrompt, phonePrompt } from './fakeAuth'
import { createPhone } from './phone'

describe('a page with a sheet', () => {
  it('shows the prompt itself', () => {
    const { auth, sheet, moves } = createPhone()
    const own = sheet()
    auth.set({ prompt: phonePrompt })
    expect(own.isActive).toBe(true)
    expect(moves).toEqual([])
  })

  it('leaves the rendering to the page on top of it, and takes it back', () => {
    const phone = createPhone()
    const below = phone.sheet()
    phone.go('second')
    const above = phone.sheet()
    expect([below.isActive, above.isActive]).toEqual([false, true])
    phone.back()
    expect([below.isActive, above.isActive]).toEqual([true, false])
  })

  it('is reported to the client as unloaded once it is no longer listed', async () => {
    const phone = createPhone()
    phone.go('second')
    phone.sheet()
    phone.auth.set({ prompt: phonePrompt })
    phone.back()
    expect(phone.auth.calls).toEqual([])
    await phone.pass(0)
    expect(phone.auth.calls).toEqual([['pageUnloaded']])
  })

  it('cancels nothing by being shown again, as after the background', () => {
    const { auth, sheet, moves } = createPhone()
    const own = sheet()
    auth.set({ prompt: phonePrompt })
    own.shown()
    expect(auth.prompt).toBe(phonePrompt)
    expect(own.isActive).toBe(true)
    expect(moves).toEqual([])
  })
})

describe('a sheet that comes late', () => {
  it('does not render what belongs to the page on top of its own', () => {
    const phone = createPhone()
    phone.go('second')
    const above = phone.sheet()
    const below = phone.sheet(phone.stack[0])
    expect([below.isActive, above.isActive]).toEqual([false, true])
    phone.back()
    expect([below.isActive, above.isActive]).toEqual([true, false])
  })

  it('does not stand in for a page on top that has none', () => {
    const phone = createPhone()
    phone.go('second')
    const below = phone.sheet(phone.stack[0])
    phone.auth.set({ prompt: phonePrompt })
    expect(below.isActive).toBe(false)
    expect(phone.moves).toEqual(['open'])
  })

  it('waits until its page is open', () => {
    const phone = createPhone()
    const page = { name: 'second' }
    const own = phone.sheet(page)
    expect(own.isActive).toBe(false)
    phone.stack.push(page)
    own.shown()
    expect(own.isActive).toBe(true)
  })
})

describe('a sheet that its page takes away', () => {
  it('renders nothing any more, even if notified that the page shows', () => {
    const phone = createPhone()
    const gone = phone.sheet()
    gone.removed()
    gone.shown()
    phone.auth.set({ prompt: phonePrompt })
    expect(gone.isActive).toBe(false)
    expect(phone.moves).toEqual(['open'])
  })

  it('leaves the prompt it showed to a page of its own', async () => {
    const phone = createPhone()
    const gone = phone.sheet()
    phone.auth.set({ prompt: phonePrompt })
    gone.removed()
    await phone.pass(0)
    expect(gone.isActive).toBe(false)
    expect(phone.moves).toEqual(['open'])
    expect(phone.auth.prompt).toBe(phonePrompt)
  })

  it('opens no prompt page when the page goes with it, whichever is reported first', async () => {
    const phone = createPhone()
    phone.sheet()
    phone.go('second')
    const above = phone.sheet()
    phone.auth.set({ prompt: phonePrompt })
    above.removed()
    phone.back()
    await phone.pass(0)
    expect(phone.moves).toEqual([])
    expect(phone.auth.calls).toContainEqual(['pageUnloaded'])
  })
})

describe('a prompt whose page was left', () => {
  it('goes to a page of its own if it is still asked for below, where there is no sheet', async () => {
    const phone = createPhone()
    phone.go('second')
    phone.sheet()
    phone.auth.set({ prompt: phonePrompt })
    phone.back()
    await phone.pass(0)
    expect(phone.auth.calls).toEqual([['pageUnloaded']])
    expect(phone.moves).toEqual(['open'])
  })
})

describe('a page without a sheet', () => {
  it('gets a page of its own for the prompt, left when the prompt is over', async () => {
    const { auth, arrive, moves, stack } = createPhone()
    auth.set({ prompt: phonePrompt })
    await arrive()
    expect(stack.map(({ name }) => name)).toEqual(['first', 'prompt'])
    auth.set({ prompt: null })
    await arrive()
    expect(moves).toEqual(['open', 'leave'])
    expect(stack.map(({ name }) => name)).toEqual(['first'])
    expect(auth.calls).toEqual([])
  })

  it('is left only once, however often the prompt changes', async () => {
    const { auth, arrive, moves } = createPhone()
    auth.set({ prompt: phonePrompt })
    auth.set({ prompt: { ...phonePrompt, status: 'submitting' } })
    await arrive()
    auth.set({ prompt: { ...phonePrompt, error: 'prompt_denied' } })
    await arrive()
    expect(moves).toEqual(['open'])
  })

  it('stays on the prompt page when one prompt turns into the next', async () => {
    const { auth, arrive, moves } = createPhone()
    auth.set({ prompt: loginPrompt })
    await arrive()
    auth.set({ prompt: phonePrompt })
    await arrive()
    expect(moves).toEqual(['open'])
  })

  it('opens the next prompt after the way back, when it comes during it', async () => {
    const { auth, arrive, moves } = createPhone()
    auth.set({ prompt: loginPrompt })
    await arrive()
    auth.set({ prompt: null })
    auth.set({ prompt: phonePrompt })
    expect(moves).toEqual(['open', 'leave'])
    await arrive()
    expect(moves).toEqual(['open', 'leave', 'open'])
    expect(auth.prompt).toBe(phonePrompt)
  })

  it('goes back when the prompt is over before the prompt page has opened', async () => {
    const { auth, arrive, moves, stack } = createPhone()
    auth.set({ prompt: phonePrompt })
    auth.set({ prompt: null })
    await arrive()
    await arrive()
    expect(moves).toEqual(['open', 'leave'])
    expect(stack).toHaveLength(1)
  })

  it("takes the user's way back for a refusal", async () => {
    const { auth, arrive, back, moves } = createPhone()
    auth.set({ prompt: phonePrompt })
    await arrive()
    back()
    await arrive()
    expect(auth.calls).toEqual([['cancelPrompt']])
    expect(moves).toEqual(['open'])
  })

  it('opens the page again when a refusal brings the next prompt', async () => {
    const { auth, arrive, back, moves } = createPhone()
    auth.set({ prompt: loginPrompt })
    await arrive()
    const stop = auth.subscribe(() => {
      stop()
      auth.set({ prompt: phonePrompt })
    })
    back()
    await arrive()
    expect(moves).toEqual(['open', 'open'])
    expect(auth.prompt).toBe(phonePrompt)
  })
})

describe('a page without a sheet, where the prompt page cannot ask either', () => {
  it.each(Object.keys(promptGaps) as PromptGap[])(
    'ends the prompt with prompt_unavailable at once where the page does not open: %s',
    async (gap) => {
      const { auth, arrive, privacy, askPrivacy, answers } = createPhone({ gap })
      auth.set({ prompt: phonePrompt })
      await arrive()
      expect(auth.calls).toEqual([['cancelPrompt', 'prompt_unavailable', promptGaps[gap]]])
      askPrivacy()
      await arrive()
      expect(privacy.isAsked).toBe(false)
      expect(answers).toEqual([{ event: 'disagree' }])
    },
  )

  it('ends it 5 s after the prompt page opened without a sheet, and goes back', async () => {
    const phone = createPhone({ promptPage: 'blank' })
    phone.auth.set({ prompt: phonePrompt })
    await phone.pass(60_000)
    await phone.arrive()
    await phone.pass(4999)
    expect(phone.auth.calls).toEqual([])
    await phone.pass(1)
    expect(phone.auth.calls).toEqual([['cancelPrompt', 'prompt_unavailable', promptGaps.no_sheet]])
    await phone.arrive()
    expect(phone.moves).toEqual(['open', 'leave'])
    expect(phone.stack).toHaveLength(1)
  })

  it('ends the prompt that takes its place, too', async () => {
    const phone = createPhone({ promptPage: 'blank' })
    phone.auth.set({ prompt: loginPrompt })
    await phone.arrive()
    const { cancelPrompt } = phone.auth
    phone.auth.cancelPrompt = () => {
      phone.auth.cancelPrompt = cancelPrompt
      phone.auth.set({ prompt: phonePrompt })
    }
    await phone.pass(5000)
    expect(phone.auth.prompt).toBe(phonePrompt)
    await phone.pass(5000)
    expect(phone.auth.prompt).toBeNull()
    await phone.arrive()
    expect(phone.moves).toEqual(['open', 'leave'])
  })

  it('ends it if the user has left the blank page', async () => {
    const phone = createPhone({ promptPage: 'blank' })
    phone.auth.set({ prompt: phonePrompt })
    await phone.arrive()
    phone.back()
    await phone.pass(10_000)
    expect(phone.auth.prompt).toBeNull()
    phone.auth.set({ prompt: loginPrompt })
    expect(phone.moves).toEqual(['open', 'open'])
  })

  it('refuses the consent to the privacy terms, too', async () => {
    const phone = createPhone({ promptPage: 'blank' })
    phone.askPrivacy()
    await phone.arrive()
    await phone.pass(5000)
    expect(phone.answers).toEqual([{ event: 'disagree' }])
  })

  it('ends a prompt that comes while the user is on the blank page anyway', async () => {
    const phone = createPhone({ promptPage: 'blank' })
    phone.load()
    phone.auth.set({ prompt: phonePrompt })
    await phone.pass(5000)
    expect(phone.auth.prompt).toBeNull()
    expect(phone.moves).toEqual(['leave'])
  })
})

describe('a prompt page that takes its time', () => {
  it('has 10 s to be among the open pages', async () => {
    const phone = createPhone({ promptPage: 'loading' })
    phone.auth.set({ prompt: phonePrompt })
    await phone.arrive()
    await phone.pass(9999)
    phone.load()
    await phone.pass(60_000)
    expect(phone.auth.calls).toEqual([])
    expect(phone.auth.prompt).toBe(phonePrompt)
  })

  it('is given up after that', async () => {
    const phone = createPhone({ promptPage: 'loading' })
    phone.auth.set({ prompt: phonePrompt })
    await phone.arrive()
    await phone.pass(10_000)
    expect(phone.auth.calls).toEqual([['cancelPrompt', 'prompt_unavailable', promptGaps.no_sheet]])
  })

  it('may keep its prompt while the user looks at another page from there', async () => {
    const phone = createPhone()
    phone.auth.set({ prompt: phonePrompt })
    await phone.arrive()
    phone.go('second')
    phone.auth.set({ prompt: { ...phonePrompt, error: 'prompt_denied' } })
    await phone.pass(60_000)
    expect(phone.auth.calls).toEqual([])
  })

  it('starts no limit for a prompt that is over in time', async () => {
    const phone = createPhone({ promptPage: 'blank' })
    phone.auth.set({ prompt: phonePrompt })
    await phone.arrive()
    phone.auth.set({ prompt: null })
    await phone.arrive()
    await phone.pass(4000)
    phone.auth.set({ prompt: loginPrompt })
    await phone.arrive()
    await phone.pass(4000)
    expect(phone.auth.prompt).toBe(loginPrompt)
  })
})
