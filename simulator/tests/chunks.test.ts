import { describe, expect, it } from 'vitest'
import type { DrivenPage } from '../src'
import { fixtureApp } from './support/fixture'
import type { PhoneOptions } from './support/sharedPhones'
import { useBackend, usePhones } from './support/usePhones'

const backend = useBackend()
const phones = usePhones(fixtureApp)

const on = (options: PhoneOptions, test: (page: DrivenPage) => Promise<void>) =>
  phones.on('pages/net/net', options, test)

interface Heard {
  /** What was reported, in order. */
  events: (string | object)[]
  ended: Promise<Record<string, unknown>>
}

/** Asks for an answer in pieces; what the task reports grows in `window.heard`. */
const start = (page: DrivenPage, options: Record<string, unknown> = {}) =>
  page.page.evaluate(
    ([url, options]) => {
      interface Task {
        abort(): void
        onHeadersReceived(listener: (result: object) => void): void
        onChunkReceived?(listener: (result: { data: ArrayBuffer }) => void): void
        offChunkReceived?(listener: (result: { data: ArrayBuffer }) => void): void
      }
      const world = window as unknown as {
        wx: { request(options: object): Task }
        heard: Heard
        task: Task
      }
      const events: Heard['events'] = []
      const ended = new Promise<Record<string, unknown>>((resolve) => {
        const callbacks = { success: resolve, fail: resolve }
        world.task = world.wx.request({ url, enableChunked: true, ...options, ...callbacks })
        world.task.onHeadersReceived((result) => {
          const { header, ...rest } = result as { header?: object }
          events.push({ hasHeader: header !== undefined, ...rest })
        })
        const dropped = () => events.push('dropped')
        world.task.onChunkReceived?.(dropped)
        world.task.offChunkReceived?.(dropped)
        world.task.onChunkReceived?.(({ data }) => {
          events.push(data instanceof ArrayBuffer ? new TextDecoder().decode(data) : 'no buffer')
        })
      })
      world.heard = { events, ended }
    },
    [`${backend.url}/stream`, options] as const,
  )
const events = (page: DrivenPage) =>
  page.page.evaluate(() => (window as unknown as { heard: Heard }).heard.events)
const ended = (page: DrivenPage) =>
  page.page.evaluate(() => (window as unknown as { heard: Heard }).heard.ended)

describe('enableChunked', () => {
  it('reports the head, then the pieces as they come, and no body at the end', () =>
    on({}, async (page) => {
      await start(page)
      const head = { hasHeader: true, statusCode: 200 }
      await expect.poll(() => events(page)).toEqual([head, 'data: 一\n\n'])
      await backend.holding(1)
      backend.held[0]!.response.end('data: 二\n\n')
      expect(await ended(page)).toMatchObject({ errMsg: 'request:ok', statusCode: 200, data: '' })
      expect(await events(page)).toEqual([head, 'data: 一\n\n', 'data: 二\n\n'])
    }))

  it('reports no status to DevTools', () =>
    on({ platform: 'devtools' }, async (page) => {
      await start(page)
      await expect.poll(() => events(page)).toEqual([{ hasHeader: true }, 'data: 一\n\n'])
      await backend.holding(1)
      backend.held[0]!.response.end()
      await ended(page)
    }))

  it('fails when the connection breaks between two pieces', () =>
    on({}, async (page) => {
      await start(page)
      await backend.holding(1)
      await expect.poll(async () => (await events(page)).length).toBe(2)
      backend.held[0]!.response.destroy()
      expect(await ended(page)).toMatchObject({ errno: 600001 })
    }))

  it('reports nothing after an abort', () =>
    on({}, async (page) => {
      await start(page)
      await backend.holding(1)
      await expect.poll(async () => (await events(page)).length).toBe(2)
      await page.page.evaluate(() =>
        (window as unknown as { task: { abort(): void } }).task.abort(),
      )
      expect(await ended(page)).toMatchObject({ errMsg: 'request:fail abort' })
      backend.held[0]!.response.end('more')
      expect((await events(page)).length).toBe(2)
    }))

  it('does not count below 2.20.2, and the task has no pieces below 2.20.1', () =>
    on({ sdkVersion: '2.20.0' }, async (page) => {
      await start(page)
      await backend.holding(1)
      backend.held[0]!.response.end()
      expect(await ended(page)).toMatchObject({ data: 'data: 一\n\n' })
      expect(await events(page)).toEqual([{ hasHeader: true, statusCode: 200 }])
    }))
})
