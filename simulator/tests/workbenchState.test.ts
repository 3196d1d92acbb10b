import { afterEach, describe, expect, it, vi } from 'vitest'
import type { MiniProgramRecord } from '../src/record'
import { problemPlace } from '../src/workbench/problemPlace'
import { pictureName } from '../src/workbench/phonePicture'
import { createRecordLog } from '../src/workbench/recordLog'
import { lastToken, mergeRecords, problemsIn, recordLimit } from '../src/workbench/records'
import { createFirstSteps, type FirstSteps } from '../src/workbench/createFirstSteps'
import { createSettings, type FirstStep } from '../src/workbench/settings'
import { en } from '../src/workbench/texts/en'
import { zh } from '../src/workbench/texts/zh'

const life = (id: string, route = 'home'): MiniProgramRecord => ({
  ...{ kind: 'life', id, event: 'page', route, at: 1 },
})

describe('records', () => {
  it('keep their place when they grow', () => {
    const records = mergeRecords([life('a'), life('b')], [life('a', 'mine'), life('c')])
    expect(records).toEqual([life('a', 'mine'), life('b'), life('c')])
  })

  it('are the newest where there are too many', () => {
    const many = Array.from({ length: recordLimit + 2 }, (_, at) => life(`r${at}`))
    const kept = mergeRecords(many, [])
    expect([kept.length, kept[0]!.id]).toEqual([recordLimit, 'r2'])
  })

  it('tell the last token state and the newest problem first', () => {
    const token = (id: string): MiniProgramRecord => ({ kind: 'token', id, tokenState: {}, at: 1 })
    const problem = (id: string): MiniProgramRecord => ({
      ...{ kind: 'problem', id, at: 1, type: 'error', message: id },
    })
    const records = [token('a'), problem('b'), token('c'), problem('d')]
    expect(lastToken(records)?.id).toBe('c')
    expect(problemsIn(records).map(({ id }) => id)).toEqual(['d', 'b'])
    expect(lastToken([])).toBeUndefined()
  })
})

describe('a timeline that was cleared', () => {
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('holds nothing from before, though it was still on its way', () => {
    vi.useFakeTimers({ now: 1_000 })
    vi.stubGlobal('window', globalThis)
    const log = createRecordLog()
    const call = (id: string, startedAt: number): MiniProgramRecord => ({
      ...{ kind: 'server', id, endpoint: 'jscode2session', startedAt, endedAt: startedAt + 1 },
    })
    const problem: MiniProgramRecord = {
      ...{ kind: 'problem', id: 'p', at: 1, type: 'error', message: 'p' },
    }
    log.add(life('gathered'))
    log.add(problem)
    log.clearTimeline()
    log.add(call('late', 999))
    log.add(call('new', 1_000))
    vi.runAllTimers()
    expect(log.records.value.map(({ id }) => id)).toEqual(['new'])
    expect(log.problems.value).toEqual([problem])
  })
})

describe('settings', () => {
  const storeWith = (stored: Record<string, string>) => ({
    stored,
    getItem: (key: string) => stored[key] ?? null,
    setItem: (key: string, value: string) => void (stored[key] = value),
  })

  it('come back as they were written', () => {
    const store = storeWith({})
    const network = { latency: 5, jitter: 1, offline: true, failNext: 0 }
    createSettings(store).network.write(network)
    expect(createSettings(store).network.read()).toEqual(network)
  })

  it('of an earlier version of the phone are kept', () => {
    const phone = { platform: 'android', sdkVersion: '3.0.1', theme: 'dark', language: 'en' }
    const store = storeWith({ 'simulator:phone': JSON.stringify(phone) })
    expect(createSettings(store).phone.read()).toEqual({ ...phone, fontScale: 1 })
  })

  it.each(['', 'null', '{"latency":-1}', '{"platform":"ios"}', '{'])(
    'are the defaults where %j is stored',
    (text) => {
      const names = ['person', 'phone', 'answers', 'network', 'workbenchLanguage', 'firstSteps']
      const broken = storeWith(Object.fromEntries(names.map((name) => [`simulator:${name}`, text])))
      const settings = createSettings(broken)
      const fresh = createSettings(storeWith({}))
      expect(settings.person.read()).toMatchObject({ kind: 'new' })
      for (const name of ['phone', 'answers', 'network', 'language', 'firstSteps'] as const) {
        expect(settings[name].read()).toEqual(fresh[name].read())
      }
    },
  )
})

describe('the first steps', () => {
  const settingOf = () => {
    let kept: FirstStep[] = []
    return { key: 'steps', read: () => kept, write: (steps: FirstStep[]) => void (kept = steps) }
  }
  const open = (setting: ReturnType<typeof settingOf>, hasBurst = false) =>
    createFirstSteps(setting, () => hasBurst)
  const done = ({ steps }: FirstSteps) =>
    steps.value.filter(({ isDone }) => isDone).map(({ name }) => name)

  it('are done in any order, and are over once all are done, also next time', () => {
    const setting = settingOf()
    const first = open(setting)
    first.complete('look')
    first.complete('look')
    expect([done(first), first.isOver.value]).toEqual([['look'], false])
    const next = open(setting)
    expect(done(next)).toEqual(['look'])
    next.complete('use')
    next.complete('change')
    expect(next.isOver.value).toBe(true)
    expect(open(setting).isOver.value).toBe(true)
  })

  it('with a burst do not count as done for an app without one', () => {
    const setting = settingOf()
    const first = open(setting, true)
    for (const step of ['use', 'burst'] as const) first.complete(step)
    expect(done(first)).toEqual(['use', 'burst'])
    const next = open(setting)
    expect(next.steps.value.map(({ name }) => name)).toEqual(['use', 'change', 'look'])
    expect(done(next)).toEqual(['use'])
  })

  it.each([true, false])('are over once somebody has skipped them (burst: %s)', (hasBurst) => {
    const setting = settingOf()
    open(setting, hasBurst).skip()
    expect(open(setting).isOver.value).toBe(true)
    expect(open(setting, true).isOver.value).toBe(true)
  })
})

it.each([
  ['at app.js:2:65', 'app.js:2:65'],
  ['    at async go (pages/a/a.ts:2:1)\n    at app.js:2:65', 'pages/a/a.ts:2:1'],
  ['at Object.go [as run] (pages/a/a.js:3:4)', 'pages/a/a.js:3:4'],
  ['at pick (common/vendor.js:2:1)\n  at new Page (pages/a/a.js:7:5)', 'pages/a/a.js:7:5'],
  ['at pick (../node_modules/kit/index.js:2:1)', '../node_modules/kit/index.js:2:1'],
  ['at Array.map (<anonymous>)\n  at x (http://127.0.0.1:3000/a.js:1:2)', undefined],
  ['', undefined],
])('finds the place of a problem in %j', (stack, place) => {
  expect(problemPlace(stack)).toBe(place)
})

it('names pictures by page and time', () => {
  const at = new Date(2026, 4, 2, 9, 5)
  expect(pictureName('src/pages/home/home', at)).toBe('src-pages-home-home-20260502-090500.png')
})

it('says in English everything that it says in Chinese, and nothing else', () => {
  const names = (texts: object, prefix = ''): string[] =>
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'object' ? names(value as object, `${prefix}${key}.`) : [prefix + key],
    )
  expect(names(en)).toEqual(names(zh))
})
