import { describe, expect, it } from 'vitest'
import type { DrivenPage } from '../src'
import { callWx, fixtureApp } from './support/fixture'
import type { PhoneOptions } from './support/sharedPhones'
import { useBackend, usePhones } from './support/usePhones'

const backend = useBackend()
const phones = usePhones(fixtureApp)

const on = (options: PhoneOptions, test: (page: DrivenPage) => Promise<void>) =>
  phones.on('pages/net/net', options, test)

/** Lets the app choose an avatar and returns its temporary path. */
async function avatarOf(page: DrivenPage): Promise<string> {
  await callWx(page, 'switchTab', { url: '/pages/tab/tab' })
  await page.tap('.avatar')
  return (await page.text('.details')).trim()
}

describe('headers of an answer', () => {
  it('reach the app as its phone spells them', () =>
    on({}, async (page) => {
      const { result } = await callWx(page, 'request', { url: `${backend.url}/challenge` })
      expect(result.statusCode).toBe(401)
      expect(result.header).toMatchObject({ 'Www-Authenticate': 'getUserInfo,getPhoneNumber' })
    }))

  it.each(['request', 'uploadFile', 'downloadFile'])('reach onHeadersReceived of %s', (api) =>
    on({ answers: { chooseAvatar: 'allow' } }, async (page) => {
      const filePath = await avatarOf(page)
      const header = await page.page.evaluate(
        ([api, url, filePath]) =>
          new Promise((resolve) => {
            interface Task {
              onHeadersReceived(listener: (result: { header: object }) => void): void
            }
            const { wx } = window as unknown as { wx: Record<string, (options: object) => Task> }
            const task = wx[api]!({ url, filePath, name: 'file' })
            task.onHeadersReceived(({ header }) => resolve(header))
          }),
        [api, `${backend.url}/challenge`, filePath] as const,
      )
      expect(header).toMatchObject({ 'Www-Authenticate': 'getUserInfo,getPhoneNumber' })
    }),
  )
})

describe('files', () => {
  it('are uploaded as multipart and downloaded to temporary paths', async () => {
    // Of its own: a phone numbers its files.
    const page = await phones.launch('pages/net/net', { answers: { chooseAvatar: 'allow' } })
    const filePath = await avatarOf(page)
    const uploaded = await callWx(page, 'uploadFile', {
      url: `${backend.url}/echo`,
      filePath,
      name: 'avatar',
      formData: { kind: '头像' },
    })
    const sent = JSON.parse(String(uploaded.result.data)) as { body: string; method: string }
    expect(sent.method).toBe('POST')
    expect(sent.body).toContain('name="avatar"; filename="tmp_1.png"')
    expect(sent.body).toContain('头像')
    const downloaded = await callWx(page, 'downloadFile', { url: `${backend.url}/picture` })
    expect(downloaded.result).toMatchObject({ tempFilePath: 'wxfile://tmp_2.png' })
    const missing = await callWx(page, 'uploadFile', {
      url: backend.url,
      filePath: 'x',
      name: 'f',
    })
    expect(missing.result.errMsg).toBe('uploadFile:fail file not found')
    await page.close()
  })
})

describe('the progress of a transfer', () => {
  type Progress = Record<string, number>

  /** Starts one; what it reports grows in `window.reported`, and its end is waited for by `ended`. */
  const start = (page: DrivenPage, api: string, options: object) =>
    page.page.evaluate(
      ([api, options]) => {
        interface Task {
          onProgressUpdate(listener: (progress: object) => void): void
          offProgressUpdate(listener: (progress: object) => void): void
        }
        const world = window as unknown as {
          wx: Record<string, (options: object) => Task>
          reported: object[]
          ended: Promise<{ tempFilePath?: string }>
        }
        world.reported = []
        world.ended = new Promise((resolve, reject) => {
          const task = world.wx[api]!({ ...options, success: resolve, fail: reject })
          task.onProgressUpdate((progress) => world.reported.push(progress))
          const dropped = () => reject(new Error('no longer listened to'))
          task.onProgressUpdate(dropped)
          task.offProgressUpdate(dropped)
        })
      },
      [api, options] as const,
    )
  const reported = (page: DrivenPage) =>
    page.page.evaluate(() => (window as unknown as { reported: Progress[] }).reported)
  const ended = (page: DrivenPage) =>
    page.page.evaluate(
      () => (window as unknown as { ended: Promise<{ tempFilePath?: string }> }).ended,
    )

  it('is reported while it is under way, and is 100 at its end', () =>
    on({}, async (page) => {
      await start(page, 'downloadFile', { url: `${backend.url}/long` })
      await backend.holding(1)
      await expect
        .poll(async () => (await reported(page)).at(-1))
        .toEqual({
          progress: 50,
          totalBytesWritten: 100_000,
          totalBytesExpectedToWrite: 200_000,
        })
      backend.held[0]!.response.end(Buffer.alloc(100_000))
      const { tempFilePath } = await ended(page)
      expect((await reported(page)).at(-1)).toMatchObject({
        progress: 100,
        totalBytesWritten: 200_000,
      })

      await start(page, 'uploadFile', { url: backend.url, filePath: tempFilePath, name: 'file' })
      await ended(page)
      const sent = await reported(page)
      expect(sent.length).toBeGreaterThan(2)
      const total = sent[0]!.totalBytesExpectedToSend!
      expect(total).toBeGreaterThan(200_000)
      const steps = sent.map(({ totalBytesSent }) => totalBytesSent!)
      expect(steps).toEqual(steps.toSorted((a, b) => a - b))
      expect(sent.at(-1)).toEqual({
        progress: 100,
        totalBytesSent: total,
        totalBytesExpectedToSend: total,
      })
    }))

  it('is 100 once even where the length is unknown', () =>
    on({}, async (page) => {
      await start(page, 'downloadFile', { url: `${backend.url}/echo` })
      await ended(page)
      const last = (await reported(page)).filter(({ progress }) => progress === 100)
      expect(last).toHaveLength(1)
      expect(last[0]!.totalBytesWritten).toBe(last[0]!.totalBytesExpectedToWrite)
    }))
})
