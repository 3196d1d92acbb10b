import { strToU8, zipSync, type Zippable } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { DrivenPage } from '../src'
import { writeApp } from './support/appFiles'
import { callFiles, callSync, usr, write } from './support/files'
import { usePhones } from './support/usePhones'

const app = writeApp(['pages/a/a'], {
  'pages/a/a.js': 'Page({})',
  'pages/a/a.wxml': '<view/>',
  'data/list.json': '[]',
})
const phones = usePhones(app)
const on = (test: (page: DrivenPage) => Promise<void>) => phones.on('pages/a/a', {}, test)

const text = (path: string) => strToU8(`this is ${path}`)
const site = zipSync({
  'index.html': text('index.html'),
  图: { '一.txt': text('图/一.txt'), 'flat.bin': [new Uint8Array([1, 2, 3, 4]), { level: 0 }] },
  empty: {},
})

/** Where an archive's list has its entries (PKWARE: APPNOTE.TXT, 4.3.12). */
function listed(archive: Uint8Array): DataView[] {
  const view = new DataView(archive.buffer)
  const found = [...archive.keys()].filter(
    (at) => at + 46 <= archive.length && view.getUint32(at, true) === 0x02014b50,
  )
  return found.map((at) => new DataView(archive.buffer, at))
}

/** An archive of which each entry says that it has so many bytes. */
function claiming(size: number, entries: Zippable): Uint8Array {
  const archive = zipSync(entries)
  for (const entry of listed(archive)) entry.setUint32(24, size, true)
  return archive
}

async function unzip(page: DrivenPage, archive: Uint8Array, targetPath = usr('/out')) {
  await callSync(page, 'writeFileSync', usr('/a.zip'), { bytes: [...archive] })
  const { ok, result } = await callFiles(page, 'unzip', { zipFilePath: usr('/a.zip'), targetPath })
  return ok ? result.errMsg : [result.errCode, result.errMsg]
}
const readText = async (page: DrivenPage, path: string) => {
  const read = await callSync(page, 'readFileSync', usr(path), 'utf8')
  return 'returned' in read ? read.returned : read
}
const names = async (page: DrivenPage, path = '') => {
  const read = await callSync(page, 'readdirSync', usr(path))
  return 'returned' in read ? read.returned : read
}

describe('unzip', () => {
  it('fills a directory with files and directories, and makes it', () =>
    on(async (page) => {
      expect(await unzip(page, site)).toBe('unzip:ok')
      expect(await names(page, '/out')).toEqual(['empty', 'index.html', '图'])
      expect(await names(page, '/out/empty')).toEqual([])
      expect(await readText(page, '/out/图/一.txt')).toBe('this is 图/一.txt')
      expect(await callSync(page, 'readFileSync', usr('/out/图/flat.bin'))).toEqual({
        returned: { bytes: [1, 2, 3, 4] },
      })
    }))

  it('puts its files among those that are there, and in the place of some', () =>
    on(async (page) => {
      await callSync(page, 'mkdirSync', usr('/out'))
      await write(page, '/out/index.html', '/out/other')
      expect(await unzip(page, site)).toBe('unzip:ok')
      expect(await readText(page, '/out/index.html')).toBe('this is index.html')
      expect(await readText(page, '/out/other')).toBe('/out/other')
    }))

  it('takes an archive without anything in it', () =>
    on(async (page) => {
      expect(await unzip(page, zipSync({}))).toBe('unzip:ok')
      expect(await names(page, '/out')).toEqual([])
    }))

  it.each([
    ['/no/out', 1300002, `no such file or directory ${usr('/no/out')}`],
    ['/a.zip', 1300020, 'not a directory'],
    ['/../out', 1301000, 'permission denied, cannot access file path'],
  ])('fails where the directory is %s', (target, errCode, told) =>
    on(async (page) => {
      expect(await unzip(page, site, usr(target))).toEqual([errCode, `unzip:fail ${told}`])
      expect(await names(page)).toEqual(['a.zip'])
    }),
  )

  it('fails where the directory is one of the app’s own', () =>
    on(async (page) => {
      const told = 'unzip:fail permission denied'
      expect(await unzip(page, site, 'data')).toEqual([1300013, told])
    }))

  it.each([
    ['is none', () => strToU8('this is no archive'), 1301102, 'unzip open file fail'],
    ['was cut off', () => site.slice(0, -30), 1301102, 'unzip open file fail'],
    [
      'has a list that is longer than itself',
      () => {
        const archive = site.slice()
        new DataView(archive.buffer).setUint16(archive.length - 22 + 8, 0xffff, true)
        return archive
      },
      1301102,
      'unzip open file fail',
    ],
    [
      'is damaged inside',
      () => {
        const archive = zipSync({ a: strToU8('a'.repeat(100)) })
        // The first byte of what is compressed, after the header and the name.
        archive[31] = 0xff
        return archive
      },
      1301103,
      'unzip entry fail',
    ],
    ['ends too early', () => claiming(1_000, { a: text('a') }), 1301103, 'unzip entry fail'],
    [
      'leads out of the directory',
      () => zipSync({ '../b': text('b') }),
      1301103,
      'unzip entry fail',
    ],
  ])('writes nothing of an archive that %s', (_, archive, errCode, told) =>
    on(async (page) => {
      expect(await unzip(page, archive())).toEqual([errCode, `unzip:fail ${told}`])
      expect(await names(page)).toEqual(['a.zip'])
    }),
  )

  const tooLarge = [1300202, 'unzip:fail the maximum size of the file storage limit is exceeded']
  const mega = 1024 * 1024

  it.each([
    ['a file of more than 100 MB', claiming(100 * mega + 1, { a: text('a') })],
    [
      'files of more than 200 MB',
      claiming(70 * mega, { a: text('a'), b: text('b'), c: text('c') }),
    ],
    [
      'one file several times over',
      claiming(70 * mega, { a: text('a'), './a': text('a'), './/a': text('a') }),
    ],
    [
      'more than it says of what is not compressed',
      (() => {
        const archive = zipSync({ a: text('a') }, { level: 0 })
        for (const entry of listed(archive)) {
          entry.setUint32(20, 101 * mega, true)
          entry.setUint32(24, 1, true)
        }
        return archive
      })(),
    ],
  ])('unpacks no archive of %s', (_, archive) =>
    on(async (page) => {
      expect(await unzip(page, archive)).toEqual(tooLarge)
      expect(await names(page)).toEqual(['a.zip'])
    }),
  )

  it('counts what is there already, but not what it takes the place of', () =>
    on(async (page) => {
      const fill = (name: string) =>
        callSync(page, 'truncateSync', { filePath: usr(name), length: 90 * mega })
      await callSync(page, 'mkdirSync', usr('/out'))
      await write(page, '/out/a', '/b')
      await fill('/out/a')
      await fill('/b')
      expect(await unzip(page, claiming(30 * mega, { c: text('c') }))).toEqual(tooLarge)
      // There is room: it fails only because it has not what it says.
      const replacing = claiming(30 * mega, { a: text('a') })
      expect(await unzip(page, replacing)).toEqual([1301103, 'unzip:fail unzip entry fail'])
    }))
})

describe('readZipEntry', () => {
  async function read(
    page: DrivenPage,
    entries: unknown,
    encoding?: string,
    archive: Uint8Array = site,
  ) {
    await callSync(page, 'writeFileSync', usr('/a.zip'), { bytes: [...archive] })
    const options = { filePath: usr('/a.zip'), entries, ...(encoding && { encoding }) }
    const { ok, result } = await callFiles(page, 'readZipEntry', options)
    return ok ? result.entries : [result.errCode, result.errMsg]
  }
  const ok = { errMsg: 'readZipEntry:ok' }

  it('reads entries as text, as bytes and in part, and says which it cannot read', () =>
    on(async (page) => {
      const entries = [
        { path: 'index.html', encoding: 'utf8', position: 8, length: 5 },
        { path: '图/flat.bin' },
        { path: '图/一.txt', encoding: 'utf-8', position: 1_000 },
        { path: '图' },
        { path: 'toString' },
      ]
      expect(await read(page, entries)).toEqual({
        'index.html': { ...ok, data: 'index' },
        '图/flat.bin': { ...ok, data: { bytes: [1, 2, 3, 4] } },
        '图/一.txt': { errMsg: 'readZipEntry:fail value of position is out of range' },
        图: { errMsg: 'readZipEntry:fail no such file or directory 图' },
        toString: { errMsg: 'readZipEntry:fail no such file or directory toString' },
      })
    }))

  it('reads all files in one encoding', () =>
    on(async (page) => {
      expect(await read(page, 'all', 'base64')).toEqual({
        'index.html': { ...ok, data: btoa('this is index.html') },
        '图/一.txt': { ...ok, data: Buffer.from('this is 图/一.txt').toString('base64') },
        '图/flat.bin': { ...ok, data: 'AQIDBA==' },
      })
    }))

  it('fails by the numbers of the documentation', () =>
    on(async (page) => {
      const invalid = [1300022, 'readZipEntry:fail Invalid argument']
      for (const entries of [undefined, 'index.html', [{}], ['index.html']])
        expect(await read(page, entries)).toEqual(invalid)
      const huge = claiming(101 * 1024 * 1024, { a: text('a') })
      const tooLarge = 'readZipEntry:fail the maximum size of the file storage limit is exceeded'
      expect(await read(page, 'all', undefined, huge)).toEqual([1300202, tooLarge])
      // Only what is asked for counts.
      expect(await read(page, [], undefined, huge)).toEqual({})
      const none = { filePath: usr('/no.zip'), entries: 'all' }
      expect(await callFiles(page, 'readZipEntry', none)).toMatchObject({
        ok: false,
        result: { errCode: 1300002 },
      })
    }))
})
