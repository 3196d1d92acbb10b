import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { sayStillCompiling } from '../../scripts/sayStillCompiling'

const said = vi.spyOn(console, 'log')

beforeEach(() => {
  vi.useFakeTimers()
  said.mockReset()
})
afterEach(() => {
  vi.useRealTimers()
})

const lines = () => said.mock.calls.map(([line]) => String(line))

it('a build that takes long says every 30 s that it goes on, until it has ended', async () => {
  let end!: (result: string) => void
  const compiled = sayStillCompiling(new Promise<string>((resolve) => (end = resolve)))
  await vi.advanceTimersByTimeAsync(29_999)
  expect(lines()).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(lines()).toEqual(['still compiling …'])
  await vi.advanceTimersByTimeAsync(30_000)
  expect(lines()).toHaveLength(2)
  end('done')
  expect(await compiled).toBe('done')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(lines()).toHaveLength(2)
})

it('a build that fails says nothing afterwards', async () => {
  const compiled = sayStillCompiling(Promise.reject(new Error('no such component')))
  await expect(compiled).rejects.toThrow('no such component')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(lines()).toEqual([])
})
