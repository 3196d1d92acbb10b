import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { bundleCore, createAuthOnly } from '../../../scripts/coreBundle'
import type * as errorsModule from '../../../src/auth/errors'
import { hints, messages, type AuthErrorCode } from '../../../src/auth/errors'
import type { AuthWarning } from '../../../src/auth/types'
import type * as warningsModule from '../../../src/auth/warnings'
import { warnings } from '../../../src/auth/warnings'
import type * as mistakesModule from '../../../src/store/mistakes'
import { gapText, promptGaps, setupError, setupMistakes } from '../../../src/store/mistakes'

const codes = Object.keys(messages) as AuthErrorCode[]
const warningCodes = Object.keys(warnings) as AuthWarning['code'][]
const hintsByName = Object.keys(hints) as (keyof typeof hints)[]

const setupCodes = Object.keys(setupMistakes) as (keyof typeof setupMistakes)[]
const gaps = Object.keys(promptGaps) as (keyof typeof promptGaps)[]

const tables = [
  "export { AuthError } from './src/auth/errors'",
  "export { warningOf } from './src/auth/warnings'",
  "export { gapText, setupError } from './src/store/mistakes'",
].join(';')

/** The client, and the three modules that hold the texts, each as an app would be given them. */
const bundles = { production: { client: '', tables: '' }, development: { client: '', tables: '' } }

beforeAll(async () => {
  for (const mode of ['production', 'development'] as const) {
    bundles[mode].client = (await bundleCore(createAuthOnly, mode)).code
    bundles[mode].tables = (await bundleCore(tables, mode, 'bundled')).code
  }
})

/** The texts of a table that a bundle holds. */
const found = (bundle: string, table: Record<string, string>) =>
  Object.values(table).filter((text) => bundle.includes(text))

/** What a bundle exports: it runs where there is no `process`. */
function run(bundle: string) {
  return new Function('process', `${bundle}; return bundled`)(undefined) as Pick<
    typeof errorsModule & typeof warningsModule & typeof mistakesModule,
    'AuthError' | 'warningOf' | 'gapText' | 'setupError'
  >
}

describe('the texts of errors and warnings', () => {
  it('are all in a development bundle', () => {
    const { client, tables } = bundles.development
    expect(found(client, messages)).toEqual(Object.values(messages))
    expect(found(tables, hints)).toEqual(Object.values(hints))
    expect(found(tables, warnings)).toEqual(Object.values(warnings))
    expect(found(tables, setupMistakes)).toEqual(Object.values(setupMistakes))
    expect(found(tables, promptGaps)).toEqual(Object.values(promptGaps))
  })

  it('are not in a production bundle', () => {
    const { client, tables } = bundles.production
    expect(found(client, messages)).toEqual([])
    const all = { ...messages, ...hints, ...warnings, ...setupMistakes, ...promptGaps }
    expect(found(tables, all)).toEqual([])
  })

  it('are not spelled out elsewhere in the client', () => {
    expect(found(bundles.production.client, { ...hints, ...warnings })).toEqual([])
  })
})

describe('a message in production', () => {
  it('of an error names the code and the page to read', () => {
    const bundled = run(bundles.production.tables)
    for (const code of codes) {
      const { message } = new bundled.AuthError(code)
      expect(message).toBe(`${code}: see watchword/docs/errors.md#${code}`)
    }
  })

  it('names the mistake in the app, without its text', () => {
    const bundled = run(bundles.production.tables)
    for (const hint of hintsByName) {
      const { message } = new bundled.AuthError('protocol', { hint })
      expect(message).toBe(`protocol: see watchword/docs/errors.md#protocol (${hint})`)
    }
  })

  it('of a warning names the code, the page and the detail', () => {
    const bundled = run(bundles.production.tables)
    for (const code of warningCodes) {
      const message = `${code}: see watchword/docs/errors.md#warnings`
      expect(bundled.warningOf(code)).toEqual({ code, message })
      expect(bundled.warningOf(code, 'a, b')).toEqual({ code, message: `${message} (a, b)` })
    }
  })

  it('of a mistake in the setup names it and the page to read', () => {
    const bundled = run(bundles.production.tables)
    for (const code of setupCodes) {
      const message = `${code}: see watchword/docs/errors.md#setup`
      expect(bundled.setupError(code).message).toBe(message)
    }
    for (const gap of gaps) expect(bundled.gapText(gap)).toBe(gap)
  })

  it('leads to a section of the page, which the package has', async () => {
    const page = await readFile('docs/errors.md', 'utf8')
    const sections = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title]) => title!.toLowerCase())
    expect(sections).toEqual(expect.arrayContaining([...codes, 'setup', 'warnings']))
    const [, protocol] = page.split('## protocol')
    for (const hint of hintsByName) expect(protocol).toContain(`\`${hint}\``)
    for (const code of [...warningCodes, ...setupCodes, ...gaps]) {
      expect(protocol).toContain(`| \`${code}\` |`)
    }
  })

  it('of a mistake in the setup is chosen where nothing was bundled, too', () => {
    vi.stubEnv('NODE_ENV', 'production')
    expect(setupError('no_pinia').message).toMatch(/^no_pinia: see /)
    expect(gapText('no_sheet')).toBe('no_sheet')
    vi.unstubAllEnvs()
  })
})

describe('a message in development', () => {
  it('of an error says what happened', () => {
    const bundled = run(bundles.development.tables)
    for (const code of codes) {
      expect(new bundled.AuthError(code).message).toBe(`${code}: ${messages[code]}`)
    }
    for (const hint of hintsByName) {
      const { message } = new bundled.AuthError('protocol', { hint })
      expect(message).toBe(`protocol: ${messages.protocol} (${hints[hint]})`)
    }
  })

  it('of a warning says what happened, and to what', () => {
    const { warningOf } = run(bundles.development.tables)
    for (const code of warningCodes) {
      expect(warningOf(code)).toEqual({ code, message: `${warnings[code]}.` })
    }
    expect(warningOf('secret_dropped', 'openid, session_key').message).toBe(
      'Secrets do not belong in a token state: openid, session_key.',
    )
  })
})
