// What is published, without an app: its files, its links, and what tools say of it.
import { readFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path/posix'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { describe, expect, inject, test } from 'vitest'
import { limitOf, PACKAGE } from '../../scripts/recordedSizes'

const { folder, tarball, packed } = inject('built')
const paths = packed.files.map(({ path }) => path)
const read = (path: string) => readFile(join(folder, path), 'utf8')
const components = paths.filter((path) => path.endsWith('.vue'))

test('the package holds the client and what explains it, nothing else', () => {
  const kinds = paths.map((path) =>
    path.replace(/^(chunks|types|docs\/backends)\/.*/, '$1/*').replace(/\.map$|\.vue\.d\.ts$/, ''),
  )
  expect([...new Set(kinds)].sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'README.zh-CN.md',
    'adapters.d.ts',
    'adapters.js',
    'bin/watchword.mjs',
    'chunks/*',
    ...['AccountQuestion', 'AccountQuestion.vue'].map((name) => `components/${name}`),
    ...['AuthSheet', 'AuthSheet.css', 'AuthSheet.vue'].map((name) => `components/${name}`),
    ...['CredentialForm', 'CredentialForm.css', 'CredentialForm.vue'].map(
      (name) => `components/${name}`,
    ),
    ...['FormBox', 'FormBox.vue'].map((name) => `components/${name}`),
    ...['FormButton', 'FormButton.css', 'FormButton.vue'].map((name) => `components/${name}`),
    ...['KeyboardBar', 'KeyboardBar.vue'].map((name) => `components/${name}`),
    ...['PhoneNumberButton', 'PhoneNumberButton.vue'].map((name) => `components/${name}`),
    ...['PrivacyNote', 'PrivacyNote.vue'].map((name) => `components/${name}`),
    ...['ProfileForm', 'ProfileForm.vue'].map((name) => `components/${name}`),
    ...['ScanCode', 'ScanCode.vue'].map((name) => `components/${name}`),
    ...['SignInForm', 'SignInForm.css', 'SignInForm.vue'].map((name) => `components/${name}`),
    ...['TermsBox', 'TermsBox.vue'].map((name) => `components/${name}`),
    ...['button.css', 'look.css'].map((name) => `components/${name}`),
    'docs/backend.md',
    'docs/backends/*',
    'docs/client.md',
    'docs/errors.md',
    'docs/guarantees.md',
    'docs/protocol.md',
    'forms.d.ts',
    'forms.js',
    'global.d.ts',
    'host.d.ts',
    'host.js',
    'index.d.ts',
    'index.js',
    'package.json',
    ...['PasswordPage', 'PasswordPage.vue'].map((name) => `pages/${name}`),
    ...['PromptPage', 'PromptPage.vue'].map((name) => `pages/${name}`),
    ...['ScanPage', 'ScanPage.vue'].map((name) => `pages/${name}`),
    ...['SignInPage', 'SignInPage.vue'].map((name) => `pages/${name}`),
    'pages/signInPages.css',
    'palette.css',
    'sign-in.d.ts',
    'sign-in.js',
    'types/*',
  ])
  expect(packed.size).toBeLessThanOrEqual(limitOf(PACKAGE))
})

test('publint finds nothing to improve', async () => {
  const { messages } = await publint({ pkgDir: folder, strict: true, pack: false })
  expect(messages).toEqual([])
})

test('every way of resolving modules finds the types of every entry and component', async () => {
  const checked = await checkPackage(createPackageFromTarballData(await readFile(tarball)), {
    includeEntrypoints: components.map((path) => `./${path}`),
  })
  if (!checked.types) throw new Error('no types found')
  const entries = Object.entries(checked.entrypoints).filter(([name]) => !name.includes('*'))
  expect(entries.map(([name]) => name)).toEqual(
    expect.arrayContaining(['.', './adapters', './forms', './host', './sign-in', './global']),
  )
  const unresolved = entries.flatMap(([name, { resolutions }]) =>
    Object.values(resolutions).flatMap(({ resolution, resolutionKind }) =>
      resolution ? [] : [`${name} by ${resolutionKind}`],
    ),
  )
  expect(unresolved).toEqual([])
  // Bundlers build every uni-app project: no CommonJS module requires the package.
  const problems = checked.problems.filter(({ kind }) => kind !== 'CJSResolvesToESM')
  expect(problems).toEqual([])
})

test('every link of its documents leads to a file of the package', async () => {
  const documents = paths.filter((path) => path.endsWith('.md'))
  const links = await Promise.all(
    documents.map(async (document) => {
      const text = (await read(document)).replace(/^```[\s\S]*?^```$/gm, '')
      return [...text.matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)]
        .map(([, link, picture]) => link ?? picture ?? '')
        .filter((link) => !/^([a-z]+:|#)/.test(link))
        .map((link) => normalize(join(dirname(document), link.split('#')[0]!)))
    }),
  )
  expect(links.flat()).toContain('docs/client.md')
  expect(links.flat().filter((target) => !paths.includes(target))).toEqual([])
})

test('it has no dependencies: Vue, Pinia and uni-app are the app’s own', async () => {
  const manifest = JSON.parse(await read('package.json')) as Record<string, object>
  expect(manifest).not.toHaveProperty('dependencies')
  expect(Object.keys(manifest.peerDependencies ?? {})).toEqual([
    '@dcloudio/uni-app',
    'pinia',
    'vue',
  ])
  const scripts = paths.filter((path) => path.endsWith('.js'))
  const imported = (await Promise.all(scripts.map(read))).flatMap((code) =>
    [...code.matchAll(/^(?:import|\}) .*?from "([^."][^"]*)"/gm)].map(([, name]) => name),
  )
  expect([...new Set(imported)].sort()).toEqual(['@dcloudio/uni-app', 'pinia', 'vue'])
})

describe('components and pages', () => {
  test('import scripts by the package’s own name only', async () => {
    for (const path of components) {
      const imports = [...(await read(path)).matchAll(/^import (type )?.* from '(.*)'$/gm)]
      const own = imports.filter(([, , from]) => /^(\.|watchword)/.test(from!))
      expect(own.length).toBeGreaterThan(0)
      for (const [, isType, from] of own)
        expect(from).toMatch(
          isType ? /^watchword(\/(forms|sign-in))?$/ : /^(watchword|\.{1,2}\/.*\.vue)$/,
        )
    }
  })
})

test('source maps hold their sources, named as files of the package', async () => {
  const maps = paths.filter((path) => path.endsWith('.js.map'))
  expect(maps.length).toBeGreaterThan(3)
  for (const path of maps) {
    const { sources, sourcesContent } = JSON.parse(await read(path)) as {
      sources: string[]
      sourcesContent: string[]
    }
    expect(sourcesContent.every(Boolean)).toBe(true)
    for (const source of sources) expect(join(dirname(path), source)).toMatch(/^src\//)
  }
})
