import { describe, expect, it } from 'vitest'
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

  it('is reported to the client as unloaded once it is no longer listed', () => {
    const phone = createPhone()
    phone.go('second')
    phone.sheet()
    phone.auth.set({ prompt: phonePrompt })
    phone.back()
    expect(phone.auth.calls).toEqual([])
    phone.runTimers()
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

  it('leaves the prompt it showed to a page of its own', () => {
    const phone = createPhone()
    const gone = phone.sheet()
    phone.auth.set({ prompt: phonePrompt })
    gone.removed()
    phone.runTimers()
    expect(gone.isActive).toBe(false)
    expect(phone.moves).toEqual(['open'])
    expect(phone.auth.prompt).toBe(phonePrompt)
  })

  it('opens no prompt page when the page goes with it, whichever is reported first', () => {
    const phone = createPhone()
    phone.sheet()
    phone.go('second')
    const above = phone.sheet()
    phone.auth.set({ prompt: phonePrompt })
    above.removed()
    phone.back()
    phone.runTimers()
    expect(phone.moves).toEqual([])
    expect(phone.auth.calls).toContainEqual(['pageUnloaded'])
  })
})

describe('a prompt whose page was left', () => {
  it('goes to a page of its own if it is still asked for below, where there is no sheet', () => {
    const phone = createPhone()
    phone.go('second')
    phone.sheet()
    phone.auth.set({ prompt: phonePrompt })
    phone.back()
    phone.runTimers()
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

  it('ends the prompt with prompt_unavailable where ten pages are open', async () => {
    const { auth, arrive } = createPhone({ limit: 1 })
    auth.set({ prompt: phonePrompt })
    await arrive()
    expect(auth.calls).toEqual([['cancelPrompt', 'prompt_unavailable']])
  })
})
