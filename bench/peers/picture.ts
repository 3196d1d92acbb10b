import { CONTENDERS } from './contender'
import type { Figures } from './figures'

/** What of bench/results.json it shows. */
export interface BurstRows {
  burst: { newest: Record<number, Record<string, Figures>> }
}

const SIZE = 100

interface Texts {
  title: string
  columns: [outcome: string, time: string, logins: string, calls: string]
  outcomes: [answered: string, failed: string, hanging: string]
  note: string
  /** Of contenders whose name is not only a package's. */
  names: Record<string, string>
}

const english: Texts = {
  title: '100 requests at once, and the token is dead',
  columns: ['what becomes of them', 'until the last one is settled', 'logins', 'calls'],
  outcomes: ['answered', 'failed', 'never settled'],
  note: 'A model of WeChat: ten requests at once, 20–200 ms each. The backend keeps the newest token. Medians of five seeds: npm run bench.',
  names: Object.fromEntries(CONTENDERS.map(({ module, name }) => [module, name])),
}

const chinese: Texts = {
  title: '口令失效时同时发出 100 个请求',
  columns: ['请求的结果', '最后一个请求结束的时间', '登录', '调用'],
  outcomes: ['成功', '失败', '一直没有结果'],
  note: '模拟微信：最多同时 10 个请求，每个 20–200 毫秒；后端只认最新的 token。五个随机种子的中位数：npm run bench。',
  names: {
    ...english.names,
    alova: 'alova（Token 认证拦截器）',
    luchQueue: 'luch-request（等待队列）',
    luchShared: 'luch-request（共用一次登录）',
    axiosAuthRefresh: 'axios-auth-refresh（默认设置）',
    axiosAuthRefreshShared: 'axios-auth-refresh（关闭去重）',
    unibest: 'unibest（模板自带的写法）',
  },
}

const WIDTH = 860
const ROW = 30
const TOP = 104
/** Where columns begin, or end if they hold figures. */
const X = { name: 20, outcome: 296, time: 484, logins: 776, calls: 840 }
const BAR = { outcome: 150, time: 170, height: 14 }
const COLORS = { answered: '#07a35a', failed: '#d6453d', hanging: '#9aa0a6', time: '#8fb3d9' }

/** One picture for each README. */
export function drawBurst(results: BurstRows): { en: string; zh: string } {
  const rows = results.burst.newest[SIZE]!
  return { en: draw(rows, english), zh: draw(rows, chinese) }
}

function draw(rows: Record<string, Figures>, texts: Texts): string {
  const height = TOP + ROW * CONTENDERS.length + 38
  const longest = Math.max(...CONTENDERS.map(({ module }) => medianOf(rows[module]!, 'ms')))
  const [outcome, time, logins, calls] = texts.columns
  const [answered, failed, hanging] = texts.outcomes
  const legend = [
    { color: COLORS.answered, word: answered, x: X.name },
    { color: COLORS.failed, word: failed, x: X.name + 110 },
    { color: COLORS.hanging, word: hanging, x: X.name + 200 },
  ]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"`,
    ' font-family="-apple-system, Segoe UI, Roboto, PingFang SC, Noto Sans CJK SC, Microsoft YaHei, sans-serif" font-size="13" fill="#1f2328">',
    `<rect width="${WIDTH}" height="${height}" rx="8" fill="#fff"/>`,
    text(X.name, 32, texts.title, 'font-size="18" font-weight="600"'),
    ...legend.flatMap(({ color, word, x }) => [
      bar(x, 48, 12, color, 12),
      text(x + 18, 58.5, word, 'fill="#59636e"'),
    ]),
    text(X.outcome, 88, outcome, 'fill="#59636e"'),
    text(X.time, 88, time, 'fill="#59636e"'),
    text(X.logins, 88, logins, 'fill="#59636e" text-anchor="end"'),
    text(X.calls, 88, calls, 'fill="#59636e" text-anchor="end"'),
    ...CONTENDERS.flatMap(({ module }, index) =>
      rowOf(rows[module]!, texts.names[module]!, TOP + ROW * index, longest, index === 0),
    ),
    text(X.name, height - 16, texts.note, 'font-size="11" fill="#59636e"'),
    '</svg>\n',
  ].join('\n')
}

function rowOf(
  figures: Figures,
  name: string,
  y: number,
  longest: number,
  isFirst: boolean,
): string[] {
  const base = y + 18
  const weight = isFirst ? 'font-weight="600"' : ''
  const failed = (medianOf(figures, 'failed') / SIZE) * BAR.outcome
  const hanging = (medianOf(figures, 'hanging') / SIZE) * BAR.outcome
  const answered = BAR.outcome - failed - hanging
  const ms = medianOf(figures, 'ms')
  const length = (ms / longest) * BAR.time
  const top = y + 7
  return [
    text(X.name, base, name, weight),
    bar(X.outcome, top, answered, COLORS.answered),
    bar(X.outcome + answered, top, failed, COLORS.failed),
    bar(X.outcome + answered + failed, top, hanging, COLORS.hanging),
    bar(X.time, top, length, COLORS.time),
    text(X.time + length + 6, base, `${(ms / 1000).toFixed(1)} s`, weight),
    ...(['logins', 'calls'] as const).map((column) => {
      const figure = medianOf(figures, column).toLocaleString('en')
      return text(X[column], base, figure, `text-anchor="end" ${weight}`)
    }),
  ]
}

function medianOf(figures: Figures, name: string): number {
  return figures[name]!.median
}

function bar(x: number, y: number, width: number, color: string, height = BAR.height): string {
  if (width <= 0) return ''
  return `<rect x="${round(x)}" y="${y}" width="${round(width)}" height="${height}" fill="${color}"/>`
}

function text(x: number, y: number, content: string, more: string): string {
  return `<text x="${round(x)}" y="${y}" ${more}>${content.replaceAll('&', '&amp;')}</text>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
