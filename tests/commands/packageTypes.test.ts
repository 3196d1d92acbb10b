// What compilers say of the package in apps of different settings. Its declarations are checked in full,
// as by an app without `skipLibCheck`; what they say of other packages does not count.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

const page = `/// <reference types="watchword/global" />
import { createAuth, createAuthPlugin, isAuthError, useAuthStore, type Auth } from 'watchword'
import { createUniRequest } from 'watchword/adapters'
import { useFocusChain } from 'watchword/forms'
import { getSystemInfo, navigate } from 'watchword/host'
import AuthSheet from 'watchword/components/AuthSheet.vue'
import KeyboardBar from 'watchword/components/KeyboardBar.vue'
import PhoneNumberButton from 'watchword/components/PhoneNumberButton.vue'
import PrivacyNote from 'watchword/components/PrivacyNote.vue'
import ProfileForm from 'watchword/components/ProfileForm.vue'
import PromptPage from 'watchword/pages/PromptPage.vue'
import type { GlobalComponents } from 'vue'

export const auth: Auth = createAuth({ baseURL: 'https://api.example.com' })
export const plugin = createAuthPlugin(auth, { appName: '易搬家' })
export const nickname: Promise<{ nickname: string }> = auth.request<{ nickname: string }>('/me')
export const { request } = createUniRequest(auth)
export const chain = useFocusChain(['name', 'phone'])
chain.fields.name.onFocus()
export const isPhone: boolean = getSystemInfo().platform === 'ios'
export const refused = (error: unknown): boolean => isAuthError(error, 'prompt_denied')
export const isKnown = (): boolean => useAuthStore().tokenState !== null
export const leave = (): Promise<void> => navigate('/pages/index/index')
export const pages = [KeyboardBar, PhoneNumberButton, PrivacyNote, ProfileForm, PromptPage]
export const sheet: GlobalComponents['AuthSheet'] = AuthSheet
`
const wrong = `
import { signIn } from 'watchword'
import AuthSheet from 'watchword/components/AuthSheet.vue'
export const props: InstanceType<typeof AuthSheet>['$props'] = { fullPage: 'yes' }
signIn()
`

/** What uni-app's templates have in common. */
const usual: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts', 'lib.dom.d.ts'],
  types: ['@dcloudio/types'],
  strict: true,
  noEmit: true,
}
const node = ts.ModuleResolutionKind.Node10

let folder: string
beforeAll(async () => {
  await mkdir('dist', { recursive: true })
  folder = resolve(await mkdtemp('dist/types-'))
  await mkdir(join(folder, 'node_modules'))
  await symlink(inject('built').folder, join(folder, 'node_modules/watchword'), 'junction')
  // Without it the app belonged to this repository, which has the same name as the package.
  await writeFile(join(folder, 'package.json'), '{ "name": "app" }')
  await writeFile(join(folder, 'page.ts'), page)
  await writeFile(join(folder, 'wrong.ts'), wrong)
})
afterAll(() => rm(folder, { recursive: true }))

const parsed = new Map<string, ts.SourceFile | undefined>()

/** The errors in the app's file and in the package. */
function errorsOf(file: string, options: ts.CompilerOptions): string[] {
  // The link stands for an installed package: it finds Vue and Pinia beside it.
  const all = { ...usual, ...options, preserveSymlinks: true }
  const host = ts.createCompilerHost(all)
  const { getSourceFile } = host
  host.getCurrentDirectory = () => folder
  host.getSourceFile = (path, settings, ...rest) => {
    // Whether a file is a module depends on how modules are resolved.
    const key = `${all.moduleResolution} ${all.target} ${path}`
    if (!parsed.has(key)) parsed.set(key, getSourceFile(path, settings, ...rest))
    return parsed.get(key)
  }
  const program = ts.createProgram([join(folder, file)], all, host)
  const judged = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(`${folder.replaceAll('\\', '/')}/`))
  expect(judged.length).toBeGreaterThan(file === 'page.ts' ? 15 : 3)
  return judged.flatMap((source) =>
    [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) =>
        `${source.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    ),
  )
}

test.each<[string, ts.CompilerOptions]>([
  ['usual settings', {}],
  ['unibest’s settings', { target: ts.ScriptTarget.ES5, lib: ['lib.esnext.d.ts', 'lib.dom.d.ts'] }],
  [
    'rules that `strict` leaves out',
    {
      noPropertyAccessFromIndexSignature: true,
      noImplicitReturns: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noImplicitOverride: true,
      noUnusedLocals: true,
      verbatimModuleSyntax: true,
    },
  ],
  ['`strict: false`', { strict: false }],
  ['ES2015 without the DOM', { lib: ['lib.es2015.d.ts'] }],
  ['`moduleResolution: node`', { moduleResolution: node }],
  ['`moduleResolution: node` and ES2015', { moduleResolution: node, lib: ['lib.es2015.d.ts'] }],
])('no errors with %s', (_, options) => {
  expect(errorsOf('page.ts', options)).toEqual([])
})

test('mistakes in the app are found', () => {
  expect(errorsOf('wrong.ts', {})).toEqual([
    expect.stringMatching(/wrong\.ts: .*no exported member 'signIn'/),
    expect.stringMatching(/wrong\.ts: Type 'string' is not assignable to type 'boolean/),
  ])
})
