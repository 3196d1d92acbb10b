import { describe, expect, it } from 'vitest'
import type { DrivenPage, LaunchOptions } from '../src'
import { writeApp } from './support/appFiles'
import { callFiles, callSync, fails, usr, write } from './support/files'
import { callWx } from './support/fixture'
import { useBackend, usePhones } from './support/usePhones'

const app = writeApp(['pages/a/a'], {
  'pages/a/a.js': 'Page({})',
  'pages/a/a.wxml': '<view/>',
  'data/list.json': '["一","二"]',
})

const backend = useBackend()
const phones = usePhones(app)

const on = (
  test: (page: DrivenPage) => Promise<void>,
  options: Omit<LaunchOptions, 'storage'> = {},
) => phones.on('pages/a/a', options, test)

describe('files of others', () => {
  it('are read: those of the app, and temporary ones', () =>
    on(async (page) => {
      const list = { returned: '["一","二"]' }
      expect(await callSync(page, 'readFileSync', '/data/list.json', 'utf8')).toEqual(list)
      expect(await callSync(page, 'readFileSync', 'data/list.json', 'utf8')).toEqual(list)
      const { result } = await callWx(page, 'downloadFile', { url: `${backend.url}/challenge` })
      const path = String(result.tempFilePath)
      expect(await callSync(page, 'accessSync', path)).toEqual({ returned: null })
      expect(await callSync(page, 'accessSync', 'data/none.json')).toEqual(
        fails('accessSync', 1300002, 'no such file or directory data/none.json'),
      )
    }))

  it('are saved: moved to a place of their own, and listed', () =>
    on(async (page) => {
      const { result } = await callWx(page, 'downloadFile', { url: `${backend.url}/picture` })
      const tempFilePath = String(result.tempFilePath)
      const saved = await callWx(page, 'saveFile', { tempFilePath })
      const { savedFilePath } = saved.result
      expect(savedFilePath).toMatch(/^wxfile:\/\/store_\w+\.png$/)
      expect(await callSync(page, 'accessSync', tempFilePath)).toMatchObject({ errCode: 1300002 })
      const list = async () => (await callFiles(page, 'getSavedFileList')).result.fileList
      expect(await list()).toMatchObject([{ filePath: savedFilePath }])
      const info = await callWx(page, 'getSavedFileInfo', { filePath: savedFilePath })
      expect(info.result.size).toBeGreaterThan(0)
      await callFiles(page, 'removeSavedFile', { filePath: savedFilePath })
      expect(await list()).toEqual([])
    }))

  it('are where they were no more as soon as they are saved', () =>
    on(async (page) => {
      const { result } = await callWx(page, 'downloadFile', { url: `${backend.url}/picture` })
      const found = await page.page.evaluate((temporary) => {
        type Files = Record<'saveFileSync' | 'accessSync', (...paths: string[]) => void>
        const { wx } = window as unknown as { wx: { getFileSystemManager(): Files } }
        const files = wx.getFileSystemManager()
        files.saveFileSync(temporary, 'wxfile://usr/saved.png')
        try {
          return files.accessSync(temporary) ?? 'there'
        } catch (error) {
          return (error as { errCode: number }).errCode
        }
      }, String(result.tempFilePath))
      expect(found).toBe(1300002)
      expect(await callSync(page, 'accessSync', usr('/saved.png'))).toEqual({ returned: null })
    }))

  it('are downloaded to where the app wants them', () =>
    on(async (page) => {
      const url = `${backend.url}/picture`
      const done = await callWx(page, 'downloadFile', { url, filePath: usr('/a.png') })
      expect(done.result).toMatchObject({ filePath: usr('/a.png'), statusCode: 200 })
      expect(done.result).not.toHaveProperty('tempFilePath')
      expect(await callSync(page, 'accessSync', usr('/a.png'))).toEqual({ returned: null })
      const nowhere = await callWx(page, 'downloadFile', { url, filePath: usr('/no/a.png') })
      expect(nowhere).toMatchObject({ ok: false, result: { errCode: 1300002 } })
    }))
})

it('an open file is read and written piece by piece', () =>
  on(async (page) => {
    const filePath = usr('/log')
    const { returned: fd } = (await callSync(page, 'openSync', { filePath, flag: 'w+' })) as {
      returned: string
    }
    expect(await callSync(page, 'writeSync', { fd, data: 'hello' })).toEqual({
      returned: { bytesWritten: 5 },
    })
    await callSync(page, 'writeSync', { fd, data: { bytes: [0, 0x21, 0] }, offset: 1, length: 1 })
    const buffer = { bytes: [0, 0, 0] }
    const part = { fd, arrayBuffer: buffer, length: 2, position: 4 }
    expect(await callSync(page, 'readSync', part)).toEqual({
      returned: { bytesRead: 2, arrayBuffer: { bytes: [0x6f, 0x21, 0] } },
    })
    await callSync(page, 'ftruncateSync', { fd, length: 4 })
    expect(await callSync(page, 'fstatSync', { fd })).toMatchObject({ returned: { size: 4 } })
    await callSync(page, 'closeSync', { fd })
    expect(await callSync(page, 'fstatSync', { fd })).toEqual(
      fails('fstatSync', 1300009, 'bad file descriptor'),
    )
    expect(await callSync(page, 'openSync', { filePath, flag: 'wx' })).toEqual(
      fails('openSync', 1301005, `file already exists ${filePath}`),
    )
  }))

it('beyond 100 MB nothing is written or filled up, however far it is', () =>
  on(async (page) => {
    await write(page, '/far')
    const filePath = usr('/far')
    const { returned: fd } = (await callSync(page, 'openSync', { filePath, flag: 'r+' })) as {
      returned: string
    }
    const far = 2 ** 45
    const told = [
      ['truncateSync', { filePath, length: far }],
      ['ftruncateSync', { fd, length: far }],
      ['writeSync', { fd, data: 'a', position: far }],
      ['writeSync', { fd, data: 'a', position: 100 * 1024 * 1024 }],
    ] as const
    for (const [name, options] of told)
      expect(await callSync(page, name, options)).toEqual(
        fails(name, 1300202, 'the maximum size of the file storage limit is exceeded'),
      )
    expect(await callSync(page, 'readFileSync', filePath, 'utf8')).toEqual({ returned: '/far' })
    await callSync(page, 'closeSync', { fd })
  }))

it('files outlive a restart, and are limited to 100 MB each', async () => {
  const page = await phones.launch('pages/a/a')
  await callSync(page, 'mkdirSync', usr('/a'))
  await write(page, '/a/b')
  await page.restart()
  expect(await callSync(page, 'readFileSync', usr('/a/b'), 'utf8')).toEqual({ returned: '/a/b' })
  const tooLarge = await page.page.evaluate(() => {
    interface Files {
      writeFileSync(path: string, data: ArrayBuffer): void
    }
    const { wx } = window as unknown as { wx: { getFileSystemManager(): Files } }
    const data = new ArrayBuffer(100 * 1024 * 1024 + 1)
    try {
      wx.getFileSystemManager().writeFileSync('wxfile://usr/large', data)
    } catch (error) {
      return (error as { errCode: number }).errCode
    }
  })
  expect(tooLarge).toBe(1300202)
  await page.close()
})

it('files that another page of the same person writes are there, until it removes them', async () => {
  const page = await phones.launch('pages/a/a')
  await write(page, '/mine')
  /** Another document of the same origin, as a second tab is. */
  const inOther = (isThere: boolean) =>
    page.page.evaluate((isThere) => {
      const frame = document.createElement('iframe')
      document.body.append(frame)
      const { localStorage: stored } = frame.contentWindow!
      const name = Object.keys(stored).find((one) => one.endsWith(':wxfile://usr/mine'))!
      const other = name.replace(/mine$/, 'other')
      if (isThere) stored.setItem(other, stored.getItem(name)!)
      else stored.removeItem(other)
    }, isThere)
  const names = () => callSync(page, 'readdirSync', usr())
  await inOther(true)
  await expect.poll(names).toEqual({ returned: ['mine', 'other'] })
  expect(await callSync(page, 'readFileSync', usr('/other'), 'utf8')).toEqual({ returned: '/mine' })
  await inOther(false)
  await expect.poll(names).toEqual({ returned: ['mine'] })
  await page.close()
})

it('another page of the same person sees a file change in one step, and go if it no longer fits', async () => {
  const page = await phones.launch('pages/a/a')
  await write(page, '/mine')
  // What a second tab is told, by the events that the runtime there follows.
  await page.page.evaluate(() => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const seen: string[] = []
    Object.assign(window, { seen })
    frame.contentWindow!.addEventListener('storage', ({ key, newValue }) => {
      if (!key?.endsWith(':wxfile://usr/mine')) return
      if (newValue === null) return seen.push('gone')
      return seen.push(atob((JSON.parse(newValue) as { bytes: string }).bytes))
    })
  })
  const seen = () => page.page.evaluate(() => (window as unknown as { seen: string[] }).seen)
  await callSync(page, 'writeFileSync', usr('/mine'), 'new')
  await callSync(page, 'appendFileSync', usr('/mine'), 'er')
  await expect.poll(seen).toEqual(['new', 'newer'])
  await callSync(page, 'writeFileSync', usr('/mine'), '0'.repeat(1_600_000))
  await expect.poll(seen).toEqual(['new', 'newer', 'gone'])
  await page.close()
})

it('what does not fit into the browser lives until the next start', async () => {
  const page = await phones.launch('pages/a/a')
  await write(page, '/small')
  await callSync(page, 'writeFileSync', usr('/large'), '0'.repeat(1_600_000))
  expect(await callSync(page, 'statSync', usr('/large'))).toMatchObject({
    returned: { size: 1_600_000 },
  })
  await page.restart()
  expect(await callSync(page, 'readdirSync', usr())).toEqual({ returned: ['small'] })
  await page.close()
})

describe('canIUse', () => {
  const canIUse = (page: DrivenPage, ...names: string[]) =>
    page.page.evaluate((names) => {
      const { wx } = window as unknown as { wx: { canIUse(name: string): boolean } }
      return names.filter((name) => wx.canIUse(name))
    }, names)

  it('is true of what works', () =>
    on(async (page) => {
      const working = ['getFileSystemManager', 'FileSystemManager.readFileSync', 'saveFile']
      const missing = 'FileSystemManager.readCompressedFile'
      expect(await canIUse(page, ...working, missing)).toEqual(working)
    }))

  it('is false of what the base library has not', () =>
    on(
      async (page) => {
        expect(await canIUse(page, 'FileSystemManager.openSync', 'FileSystemManager.stat')).toEqual(
          ['FileSystemManager.stat'],
        )
        expect(await page.page.evaluate('typeof wx.getFileSystemManager().openSync')).toBe(
          'undefined',
        )
      },
      { sdkVersion: '2.16.0' },
    ))
})

it('what is not modelled fails, or returns nothing, and is reported', async () => {
  const unanswered = ['readCompressedFile', 'readCompressedFileSync'].map(
    (name) => `FileSystemManager.${name}`,
  )
  const page = await phones.launch('pages/a/a', { unanswered })
  const options = { filePath: 'a.br', compressionAlgorithm: 'br' }
  expect(await callFiles(page, 'readCompressedFile', options)).toEqual({
    ok: false,
    result: { errMsg: 'readCompressedFile:fail is not modelled by the simulator' },
  })
  expect(await callSync(page, 'readCompressedFileSync', options)).toEqual({ returned: null })
  await page.close()
  expect(page.unanswered).toEqual(unanswered)
})
