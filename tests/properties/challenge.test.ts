import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseChallenges, readHeader } from '../../src/auth/challenge'
import type { Challenge } from '../../src/auth/challenge'
import { isLinear } from './fuzz/linear'

const TCHARS = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
const TOKEN68 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._~+/'

/** Characters. */
const LENGTH = 48_000

const text = (chars: string) =>
  fc.string({ unit: fc.constantFrom(...chars), minLength: 1, maxLength: 12 })
const token = text(TCHARS)
const blank = fc.constantFrom(' ', '  ', '\t', ' \t ')
const optionalBlank = fc.option(blank, { nil: '' })

/** What some phones put in the place of the comma. */
const lenient = [';', '; ', '\t;;', '\r\n', '\n', ';\r\n ', ',\r\n', ' ; ,']

/** A parameter as it means and as it may be written. */
const param = fc.oneof(
  fc
    .record({ name: text(TCHARS.replace('*', '')), value: token })
    .map(({ name, value }) => ({ name, value, written: `${name}=${value}` })),
  fc
    .record({
      name: text(TCHARS.replace('*', '')),
      value: fc.string({ unit: 'grapheme' }),
      before: optionalBlank,
      after: optionalBlank,
      escape: fc.boolean(),
    })
    .map(({ name, value, before, after, escape }) => {
      const quoted = value.replace(escape ? /([\s\S])/g : /(["\\])/g, '\\$1')
      return { name, value, written: `${name}${before}=${after}"${quoted}"` }
    }),
  fc
    .record({ name: text(TCHARS.replace('*', '')), value: fc.string({ unit: 'grapheme' }) })
    .map(({ name, value }) => {
      const encoded = encodeURIComponent(value).replace(/[()]/g, (c) => (c === '(' ? '%28' : '%29'))
      return { name, value, written: `${name}*=UTF-8'zh'${encoded}` }
    }),
)

const challenge = fc
  .record({
    scheme: token,
    space: blank,
    params: fc.uniqueArray(param, { maxLength: 5, selector: ({ name }) => name.toLowerCase() }),
    token68: fc.option(fc.tuple(text(TOKEN68), fc.constantFrom('', '=', '==')), { nil: undefined }),
    comma: fc.constantFrom(',', ', ', ' ,\t', ', , ', ...lenient),
  })
  .map(({ scheme, space, params, token68, comma }) => {
    if (token68) {
      const means: Challenge = { scheme, params: {}, token68: token68.join('') }
      return { means, written: `${scheme}${space}${means.token68}` }
    }
    const entries = params.map(({ name, value }) => [name.toLowerCase(), value] as const)
    const means: Challenge = { scheme, params: Object.fromEntries(entries) }
    const list = params.map(({ written }) => written).join(comma)
    return { means, written: list ? `${scheme}${space}${list}` : scheme }
  })

describe('parseChallenges', () => {
  it('never throws and always gives challenges, whatever it is given', () => {
    const anything = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withSparseArray: true }),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...' \t,;\r\n="\\\'*%aB/') }),
      fc.array(fc.oneof(fc.string(), fc.anything())),
    )
    fc.assert(
      fc.property(anything, (value) => {
        for (const { scheme, params, token68 } of parseChallenges(value as string)) {
          expect(scheme).toMatch(/^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/)
          expect(Object.values(params).every((one) => typeof one === 'string')).toBe(true)
          expect(Object.keys(params)).toEqual(Object.keys(params).map((one) => one.toLowerCase()))
          expect(token68 ?? 'a').toMatch(/^[\dA-Za-z\-._~+/]+=*$/)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('reads what was written, in one value or in several', () => {
    fc.assert(
      fc.property(
        fc.array(challenge, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(',', ', ', ' , ,', ',\t', ...lenient),
        (challenges, comma) => {
          const written = challenges.map((one) => one.written)
          const means = challenges.map((one) => one.means)
          expect(parseChallenges(written)).toEqual(means)
          expect(parseChallenges(written.join(comma))).toEqual(means)
          const headers = { 'Www-Authenticate': written }
          expect(parseChallenges(readHeader(headers, 'WWW-Authenticate')!)).toEqual(means)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it.each<[string, (n: number) => string]>([
    ['one long scheme', (n) => 'a'.repeat(n)],
    ['bare schemes', (n) => 'a,'.repeat(n / 2)],
    ['schemes without commas', (n) => 'a '.repeat(n / 2)],
    ['blanks', (n) => ' '.repeat(n)],
    ['commas', (n) => `a${','.repeat(n)}`],
    ['semicolons', (n) => `a${';'.repeat(n)}`],
    ['semicolons and blanks', (n) => `a${'; '.repeat(n / 2)}`],
    ['semicolons and commas', (n) => `a${';,'.repeat(n / 2)}`],
    ['line breaks', (n) => `a${'\r\n'.repeat(n / 2)}`],
    ['schemes and semicolons', (n) => 'scheme;'.repeat(n / 7)],
    ['token68 and semicolons', (n) => 'a b=;'.repeat(n / 5)],
    ['rubbish and semicolons', (n) => '(;'.repeat(n / 2)],
    ['rubbish and line breaks', (n) => '(\n'.repeat(n / 2)],
    ['different parameters', (n) => `a ${series(n / 8, (i) => `p${i}=1`)}`],
    ['one parameter again and again', (n) => `a ${'x=1,'.repeat(n / 4)}`],
    ['schemes with a parameter', (n) => series(n / 8, (i) => `s x=${i}`)],
    ['open quotes', (n) => 'a="'.repeat(n / 3)],
    ['open quotes after a scheme', (n) => `a ${'x="'.repeat(n / 3)}`],
    ['escapes', (n) => `a x="${'\\"'.repeat(n / 2)}`],
    ['backslashes', (n) => `a x="${'\\'.repeat(n)}`],
    ['equals signs', (n) => `a b${'='.repeat(n)}c`],
    ['equals signs between blanks', (n) => `a ${'= '.repeat(n / 2)}`],
    ['token68 that turn out to be none', (n) => `a ${'b/c=d '.repeat(n / 6)}`],
    ['slashes', (n) => `a ${'/'.repeat(n)}!`],
    ['token68 in turn', (n) => 'a b=,'.repeat(n / 5)],
    ['percent signs', (n) => `a x*=UTF-8''${'%'.repeat(n)}`],
    ['percent encoding', (n) => `a x*=UTF-8''${'%41'.repeat(n / 3)}`],
    ['apostrophes', (n) => `a x*=utf-8${"'".repeat(n)}`],
    ['rubbish', (n) => '('.repeat(n)],
    ['rubbish and commas', (n) => '(,'.repeat(n / 2)],
  ])('takes time by the length of the input: %s', async (_name, shape) => {
    // More would not be read.
    expect(shape(LENGTH).length).toBeLessThanOrEqual(65_536)
    expect(await isLinear(parseChallenges, shape, LENGTH)).toBe(true)
  })
})

function series(count: number, make: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => make(i)).join(',')
}
