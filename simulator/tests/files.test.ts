import { describe, expect, it } from 'vitest'
import type { DrivenPage } from '../src'
import { writeApp } from './support/appFiles'
import { callFiles, callSync, fails, usr, write } from './support/files'
import { callWx } from './support/fixture'
import { useBackend, usePhones } from './support/usePhones'

const app = writeApp(['pages/a/a'], {
  'pages/a/a.js':
    'Page({ data: { src: "", failed: "" }, onFailed() { this.setData({ failed: this.data.src }) } })',
  'pages/a/a.wxml':
    '<image class="picture" src="{{src}}" binderror="onFailed"/><view class="failed">{{failed}}</view>',
})

const show = ({ page }: DrivenPage, src: string) =>
  page.evaluate((src) => {
    const { getCurrentPages } = window as unknown as {
      getCurrentPages(): { setData(data: object): void }[]
    }
    getCurrentPages().at(-1)!.setData({ src })
  }, src)

/** A picture of two by one pixels. */
const gif = 'R0lGODlhAgABAIAAAP8AAAAA/yH5BAAAAAAALAAAAAACAAEAAAICRAoAOw=='

const backend = useBackend()
const phones = usePhones(app)

const on = (test: (page: DrivenPage) => Promise<void>) => phones.on('pages/a/a', {}, test)

describe('a file that was written', () => {
  it('is read as text, as bytes, and in part', () =>
    on(async (page) => {
      expect(await page.page.evaluate('wx.env.USER_DATA_PATH')).toBe(usr())
      await callSync(page, 'writeFileSync', usr('/a.txt'), '你好，世界')
      const read = (...rest: (string | number | undefined)[]) =>
        callSync(page, 'readFileSync', usr('/a.txt'), ...rest)
      expect(await read('utf8')).toEqual({ returned: '你好，世界' })
      expect(await read('utf-8', 3, 3)).toEqual({ returned: '好' })
      expect(await read(undefined, 0, 3)).toEqual({ returned: { bytes: [0xe4, 0xbd, 0xa0] } })
      expect(await read('utf8', 15)).toEqual(
        fails('readFileSync', 1301009, 'value of position is out of range'),
      )
      expect(await read('utf8', 3, 13)).toEqual(
        fails('readFileSync', 1301006, 'value of length is out of range'),
      )
    }))

  it.each([
    ['utf8', 'aé中', [0x61, 0xc3, 0xa9, 0xe4, 0xb8, 0xad]],
    ['latin1', 'aé', [0x61, 0xe9]],
    ['binary', 'aé', [0x61, 0xe9]],
    ['hex', '61e9', [0x61, 0xe9]],
    ['base64', 'Yek=', [0x61, 0xe9]],
    ['ucs2', 'aé', [0x61, 0, 0xe9, 0]],
    ['utf-16le', '中', [0x2d, 0x4e]],
  ])('is kept and read in the encoding %s', (encoding, text, bytes) =>
    on(async (page) => {
      await callSync(page, 'writeFileSync', usr('/a'), text, encoding)
      expect(await callSync(page, 'readFileSync', usr('/a'))).toEqual({ returned: { bytes } })
      expect(await callSync(page, 'readFileSync', usr('/a'), encoding)).toEqual({ returned: text })
    }),
  )

  it('can be added to, cut off, copied, renamed and removed', () =>
    on(async (page) => {
      await write(page, '/a')
      await callSync(page, 'appendFileSync', usr('/a'), { bytes: [0x21] })
      await callSync(page, 'copyFileSync', usr('/a'), usr('/b'))
      await callSync(page, 'truncateSync', { filePath: usr('/a'), length: 1 })
      await callSync(page, 'renameSync', usr('/a'), usr('/c'))
      expect(await callSync(page, 'readFileSync', usr('/b'), 'utf8')).toEqual({ returned: '/a!' })
      expect(await callSync(page, 'readFileSync', usr('/c'), 'utf8')).toEqual({ returned: '/' })
      await callSync(page, 'unlinkSync', usr('/b'))
      expect(await callSync(page, 'readdirSync', usr())).toEqual({ returned: ['c'] })
    }))

  it('is told by size, time and digest', () =>
    on(async (page) => {
      const before = Math.floor(Date.now() / 1_000)
      await write(page, '/abc')
      const { result } = await callFiles(page, 'stat', { path: usr('/abc') })
      const stats = result.stats as { size: number; lastModifiedTime: number }
      expect(stats.size).toBe(4)
      expect(stats.lastModifiedTime).toBeGreaterThanOrEqual(before)
      await callSync(page, 'writeFileSync', usr('/abc'), 'abc')
      const digest = async (digestAlgorithm?: string) => {
        const options = { filePath: usr('/abc'), ...(digestAlgorithm && { digestAlgorithm }) }
        return (await callFiles(page, 'getFileInfo', options)).result
      }
      // RFC 1321, RFC 3174 and FIPS 180 name these.
      expect(await digest()).toMatchObject({ size: 3, digest: '900150983cd24fb0d6963f7d28e17f72' })
      expect(await digest('sha1')).toMatchObject({
        digest: 'a9993e364706816aba3e25717850c26c9cd0d89d',
      })
      expect(await digest('sha256')).toMatchObject({
        digest: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      })
      expect(await digest('sha512')).toEqual({
        errMsg: 'getFileInfo:fail Invalid argument',
        errCode: 1300022,
      })
    }))

  it('is shown by an image', () =>
    on(async (page) => {
      const width = () =>
        page.page.evaluate(
          () => document.querySelector<HTMLImageElement>('.picture img')?.naturalWidth,
        )
      await callSync(page, 'writeFileSync', usr('/a.gif'), gif, 'base64')
      await show(page, usr('/a.gif'))
      await expect.poll(width).toBe(2)
    }))

  it('is shown no more once it was removed, though it was uploaded before', () =>
    on(async (page) => {
      await callSync(page, 'writeFileSync', usr('/b.gif'), gif, 'base64')
      const options = { url: `${backend.url}/echo`, filePath: usr('/b.gif'), name: 'file' }
      expect(await callWx(page, 'uploadFile', options)).toMatchObject({ ok: true })
      await callSync(page, 'unlinkSync', usr('/b.gif'))
      await show(page, usr('/b.gif'))
      await expect.poll(() => page.text('.failed')).toBe(usr('/b.gif'))
    }))

  it('is read whole where position and length are null, also if it is empty', () =>
    on(async (page) => {
      await write(page, '/a')
      await callSync(page, 'writeFileSync', usr('/empty'), '')
      const read = (path: string) => callSync(page, 'readFileSync', usr(path), 'utf8', null, null)
      expect(await read('/a')).toEqual({ returned: '/a' })
      expect(await read('/empty')).toEqual({ returned: '' })
    }))

  it.each(['/..a.txt', '/a/../b.txt', '/./c.txt'])('is uploaded from %s', (path) =>
    on(async (page) => {
      await callSync(page, 'mkdirSync', usr('/a'))
      await write(page, path)
      const options = { url: `${backend.url}/echo`, filePath: usr(path), name: 'file' }
      const { result } = await callWx(page, 'uploadFile', options)
      expect((JSON.parse(String(result.data)) as { body: string }).body).toContain(path)
    }),
  )

  it.each(['/../a.txt', '/a/../../usr/a.txt'])('is not uploaded from %s', (path) =>
    on(async (page) => {
      await write(page, '/a.txt')
      const options = { url: `${backend.url}/echo`, filePath: usr(path), name: 'file' }
      const { ok, result } = await callWx(page, 'uploadFile', options)
      expect([ok, result.errMsg]).toEqual([false, 'uploadFile:fail file not found'])
    }),
  )

  it('is uploaded beside the line on which the page and the simulator talk', () =>
    on(async (page) => {
      await callSync(page, 'writeFileSync', usr('/large'), '0'.repeat(100_000))
      const lengths: number[] = []
      page.page.on('request', (request) => {
        if (request.url().endsWith('/messages')) lengths.push(request.postData()?.length ?? 0)
      })
      const options = { url: `${backend.url}/echo`, filePath: usr('/large'), name: 'file' }
      const { result } = await callWx(page, 'uploadFile', options)
      expect(String(result.data).length).toBeGreaterThan(100_000)
      expect(Math.max(...lengths)).toBeLessThan(1_000)
    }))

  it('is uploaded in its turn, unless the upload is aborted', () =>
    on(async (page) => {
      await write(page, '/a.txt')
      const ends = await page.page.evaluate((url) => {
        type Start = (options: object) => { abort(): void }
        const { wx } = window as unknown as { wx: { uploadFile: Start } }
        // More than run at once.
        const uploads = Array.from(
          { length: 25 },
          (_, i) =>
            new Promise<string>((resolve) => {
              const complete = ({ errMsg }: { errMsg: string }) => resolve(errMsg)
              const options = { url, filePath: 'wxfile://usr/a.txt', name: 'file', complete }
              const task = wx.uploadFile(options)
              if (i < 5) task.abort()
            }),
        )
        return Promise.all(uploads)
      }, `${backend.url}/echo`)
      const aborted = Array<string>(5).fill('uploadFile:fail abort')
      expect(ends).toEqual([...aborted, ...Array<string>(20).fill('uploadFile:ok')])
    }))

  it('is uploaded, and no more once it was removed', () =>
    on(async (page) => {
      await write(page, '/a.txt')
      const options = { url: `${backend.url}/echo`, filePath: usr('/a.txt'), name: 'file' }
      const { result } = await callWx(page, 'uploadFile', options)
      expect((JSON.parse(String(result.data)) as { body: string }).body).toContain('/a.txt')
      await callSync(page, 'unlinkSync', usr('/a.txt'))
      expect(await callWx(page, 'uploadFile', options)).toMatchObject({ ok: false })
    }))
})

describe('directories', () => {
  it('hold files and each other', () =>
    on(async (page) => {
      await callSync(page, 'mkdirSync', usr('/a/b/c'), true)
      await write(page, '/a/b/two', '/a/one')
      expect(await callSync(page, 'readdirSync', usr('/a/'))).toEqual({ returned: ['b', 'one'] })
      await callSync(page, 'renameSync', usr('/a/b'), usr('/d'))
      expect(await callSync(page, 'readdirSync', usr('/d'))).toEqual({ returned: ['c', 'two'] })
      const all = await page.page.evaluate(() => {
        interface Item {
          path: string
          stats: { isDirectory(): boolean }
        }
        const { wx } = window as unknown as {
          wx: { getFileSystemManager(): { statSync(path: string, all: boolean): Item[] } }
        }
        const items = wx.getFileSystemManager().statSync('wxfile://usr', true)
        return items.map(({ path, stats }) => `${path} ${stats.isDirectory()}`).toSorted()
      })
      expect(all).toEqual([
        '/ true',
        '/a true',
        '/a/one false',
        '/d true',
        '/d/c true',
        '/d/two false',
      ])
      await callSync(page, 'rmdirSync', usr('/d'), true)
      expect(await callSync(page, 'readdirSync', usr())).toEqual({ returned: ['a'] })
    }))

  it('fail by the numbers and texts of the documentation', () =>
    on(async (page) => {
      await callSync(page, 'mkdirSync', usr('/full'))
      await write(page, '/full/file')
      const told = [
        ['accessSync', [usr('/no')], 1300002, `no such file or directory ${usr('/no')}`],
        ['readFileSync', [usr('/full')], 1301003, 'illegal operation on a directory'],
        ['writeFileSync', [usr('/no/a'), ''], 1300002, `no such file or directory ${usr('/no/a')}`],
        ['writeFileSync', [usr('/full/file/a'), ''], 1300020, 'not a directory'],
        [
          'writeFileSync',
          [usr('/a'), 'data:image/png;base64,aGVsbG8=', 'base64'],
          1300203,
          'base64 encode error',
        ],
        [
          'writeFileSync',
          [usr('/../a'), ''],
          1301000,
          'permission denied, cannot access file path',
        ],
        ['writeFileSync', ['data/list.json', ''], 1300013, 'permission denied'],
        ['unlinkSync', ['wxfile://tmp_1'], 1301000, 'permission denied, cannot access file path'],
        ['unlinkSync', [usr('/full')], 1300001, 'operation not permitted'],
        ['mkdirSync', [usr('/full')], 1301005, `file already exists ${usr('/full')}`],
        ['mkdirSync', [usr('/no/a')], 1300002, `no such file or directory ${usr('/no/a')}`],
        ['rmdirSync', [usr('/full')], 1300066, 'directory not empty'],
        ['readdirSync', [usr('/full/file')], 1300020, 'not a directory'],
        ['saveFileSync', ['wxfile://tmp_none'], 1301112, 'tempFilePath file not exist'],
      ] as const
      for (const [name, given, errCode, text] of told)
        expect(await callSync(page, name, ...given)).toEqual(fails(name, errCode, text))
      expect(await callFiles(page, 'access', { path: usr('/no') })).toEqual({
        ok: false,
        result: { errMsg: `access:fail no such file or directory ${usr('/no')}`, errCode: 1300002 },
      })
      expect(await callSync(page, 'openSync', {})).toEqual({
        thrown:
          'openSync:fail parameter error: parameter.filePath should be String instead of Undefined;',
      })
      expect(await callFiles(page, 'access', {})).toEqual({
        ok: false,
        result: {
          errMsg:
            'access:fail parameter error: parameter.path should be String instead of Undefined;',
        },
      })
    }))
})
