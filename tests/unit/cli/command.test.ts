import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { exitCodes, runCommand, type Terminal } from '../../../cli/command'
import { en } from '../../../cli/en'
import { textsFor } from '../../../cli/language'
import { zhHans } from '../../../cli/zhHans'

const main = `import { createSSRApp } from 'vue'
import App from './App.vue'

export function createApp() {
  const app = createSSRApp(App)
  return { app }
}
`
const pagesJson = '{\n  "pages": [{ "path": "pages/index/index" }]\n}\n'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'watchword-init-'))
  await write('src/main.ts', main)
  await write('src/pages.json', pagesJson)
})
afterEach(() => rm(root, { recursive: true }))

async function write(path: string, text: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

/** All files and what they hold. */
async function snapshot(): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const texts = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name)
    return [path, await readFile(path, 'latin1')]
  })
  return Object.fromEntries(await Promise.all(texts)) as Record<string, string>
}

interface Run {
  code: number
  printed: string
  errors: string
  questions: string[]
}

/** @param answer what the reader answers; without it nobody sits at the terminal */
async function run(
  args: string[],
  answer?: string | (() => Promise<string>),
  terminal: Partial<Terminal> = {},
): Promise<Run> {
  const result = { printed: '', errors: '', questions: [] as string[] }
  const code = await runCommand(args, {
    root,
    texts: en,
    terminal: {
      print: (text) => void (result.printed += text),
      printError: (text) => void (result.errors += text),
      hasColors: false,
      ask:
        answer === undefined
          ? undefined
          : async (question) => {
              result.questions.push(question)
              return typeof answer === 'string' ? answer : await answer()
            },
      ...terminal,
    },
  })
  return { code, ...result }
}

test('it shows the changes and writes them after a yes', async () => {
  const { code, printed, questions } = await run(['init'], 'Yes')
  expect(code).toBe(exitCodes.complete)
  expect(questions).toEqual([en.confirm(4)])
  expect(printed).toContain(`--- a/src/main.ts
+++ b/src/main.ts
@@ -1,7 +1,12 @@
 import { createSSRApp } from 'vue'
 import App from './App.vue'
+import { createPinia } from 'pinia'
`)
  expect(printed).toContain('--- /dev/null\n+++ b/src/auth.ts\n')
  expect(printed).toContain(en.done(4))
  expect(printed).toContain(en.step({ do: 'set_api_base', file: '.env' }))
  expect(await readFile(join(root, 'src/pages/prompt/prompt.vue'), 'utf8')).toBe(
    '<template><PromptPage /></template>\n',
  )
})

test('a second run changes nothing, and says so without a question', async () => {
  await run(['init', '--yes'])
  const before = await snapshot()
  const { code, printed, questions } = await run(['init'], 'y')
  expect(code).toBe(exitCodes.complete)
  expect(printed).toContain(en.allThere)
  expect(questions).toEqual([])
  expect(await snapshot()).toEqual(before)
})

describe('nothing is written', () => {
  test.each<[string, string[], string | undefined, number]>([
    ['after a no', ['init'], 'n', exitCodes.unchanged],
    ['after no answer', ['init'], '', exitCodes.unchanged],
    ['if there is nobody to ask', ['init'], undefined, exitCodes.unchanged],
    ['in a dry run', ['init', '--dry-run', '--yes'], undefined, exitCodes.complete],
  ])('%s', async (_, args, answer, expected) => {
    const before = await snapshot()
    const { code, printed } = await run(args, answer)
    expect(code).toBe(expected)
    expect(printed).toContain('+++ b/src/main.ts')
    expect(await snapshot()).toEqual(before)
  })

  test('if pages.json is broken', async () => {
    await write('src/pages.json', '{\n  "pages": [{ "path": "a" },\n}\n')
    const before = await snapshot()
    const { code, printed, errors } = await run(['init', '--yes'])
    expect(code).toBe(exitCodes.unchanged)
    expect(printed).toBe('')
    expect(errors).toBe(
      'src/pages.json has a syntax error in line 3, column 1. Correct it, and run watchword init again.',
    )
    expect(await snapshot()).toEqual(before)
  })

  test('if a file is not UTF-8', async () => {
    await write('src/main.ts', Buffer.from([...Buffer.from('// '), 0xd6, 0xd0, 0x0a]))
    const before = await snapshot()
    expect((await run(['init', '--yes'])).errors).toBe(
      en.problem({ code: 'not_utf8', path: 'src/main.ts' }),
    )
    expect(await snapshot()).toEqual(before)
  })

  test('if somebody changes a file before the answer', async () => {
    let before = {}
    const { code, errors } = await run(['init'], async () => {
      await write('src/main.ts', `${main}// later\n`)
      before = await snapshot()
      return 'y'
    })
    expect(code).toBe(exitCodes.unchanged)
    expect(errors).toBe(en.problem({ code: 'changed_meanwhile', path: 'src/main.ts' }))
    expect(await snapshot()).toEqual(before)
  })

  test('if one file cannot be put into its place, and no copy is left', async () => {
    // The last that is written, after the others are.
    const before = await snapshot()
    const { code, errors } = await run(['init'], async () => {
      await rm(join(root, 'src/main.ts'))
      await mkdir(join(root, 'src/main.ts'))
      return 'y'
    })
    expect(code).toBe(exitCodes.unchanged)
    expect(errors).toBe(en.problem({ code: 'not_written', path: 'src/main.ts' }))
    const { [join(root, 'src/main.ts')]: _, ...others } = before
    expect(await snapshot()).toEqual(others)
    expect((await readdir(join(root, 'src'))).sort()).toEqual(['main.ts', 'pages.json'])
  })
})

test('lines that are left for the reader are in the exit code', async () => {
  await write('src/main.ts', "import './setup'\n")
  const { code, printed } = await run(['init', '-y'])
  expect(code).toBe(exitCodes.linesLeft)
  expect(printed).toContain(`src/main.ts: ${en.reason({ code: 'no_app' })}`)
  expect(printed).toContain("    import { createAuthPlugin } from 'watchword'\n")
  expect((await run(['init'], 'y')).code).toBe(exitCodes.linesLeft)
})

test('a byte order mark and CRLF are kept', async () => {
  const before = `\uFEFF${main.replaceAll('\n', '\r\n')}`
  await write('src/main.ts', before)
  await run(['init', '--yes'])
  const after = await readFile(join(root, 'src/main.ts'), 'utf8')
  expect(after.startsWith('\uFEFFimport { createSSRApp }')).toBe(true)
  expect(after.replaceAll('\r\n', '')).not.toContain('\n')
})

test('a file keeps its permissions, and a link stays a link', async () => {
  await write('elsewhere/pages.json', pagesJson)
  await rm(join(root, 'src/pages.json'))
  await symlink('../elsewhere/pages.json', join(root, 'src/pages.json'))
  const { mode } = await stat(join(root, 'src/main.ts'))
  await run(['init', '--yes'])
  expect((await stat(join(root, 'src/main.ts'))).mode).toBe(mode)
  expect(await readFile(join(root, 'elsewhere/pages.json'), 'utf8')).toContain('PromptPage')
  expect(
    (await readdir(join(root, 'src'), { withFileTypes: true }))
      .find((entry) => entry.name === 'pages.json')
      ?.isSymbolicLink(),
  ).toBe(true)
})

test('a terminal with colours gets them', async () => {
  const { printed } = await run(['init', '--dry-run'], undefined, { hasColors: true })
  expect(printed).toContain("\u001B[32m+import { createPinia } from 'pinia'\u001B[39m")
})

test('what is no source is not read', async () => {
  await write('node_modules/kit/index.ts', 'createAuthPlugin()')
  await write('src/uni_modules/kit/index.ts', 'createAuthPlugin()')
  await write('src/static/a.js', 'createAuthPlugin()')
  await write('src/.cache/a.ts', 'createAuthPlugin()')
  expect((await run(['init', '--dry-run'])).printed).toContain('+++ b/src/main.ts')
})

test('--help explains the command', async () => {
  expect(await run(['--help'])).toMatchObject({ code: 0, printed: en.help, errors: '' })
})

test.each([[[]], [['start']], [['init', 'folder']], [['init', '--force']]])(
  'the wrong usage %j is answered with the help',
  async (args) => {
    const { code, errors } = await run(args)
    expect(code).toBe(exitCodes.wrongUsage)
    expect(errors).toContain(en.help)
  },
)

test.each([
  [{ LANG: 'zh_CN.UTF-8' }, 'en-US', zhHans],
  [{ LC_ALL: 'en_US.UTF-8', LANG: 'zh_CN.UTF-8' }, 'zh-CN', en],
  [{ LC_ALL: '', LANG: 'C.UTF-8' }, 'zh-CN', en],
  [{}, 'zh-CN', zhHans],
  [{}, 'de-DE', en],
])('the texts of %j and the system locale %s', (env, locale, expected) => {
  expect(textsFor(env, locale)).toBe(expected)
})
