import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepBuild } from '../../scripts/keptBuild'
import { digestFiles } from '../../simulator/src/digestFiles'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'watchword-kept-'))
})
afterEach(() => rm(root, { recursive: true }))

/** A build whose output names its inputs; counts how often it is made. */
function createBuild() {
  const made: string[] = []
  const build = {
    folder: join(root, 'kept'),
    inputs: 'a',
    digestInputs: () => build.inputs,
    made,
    async build(folder: string) {
      made.push(build.inputs)
      await writeFile(join(folder, 'app.js'), build.inputs)
    },
    output: () => readFile(join(root, 'kept/app.js'), 'utf8'),
  }
  return build
}

test('a build is made once for the same inputs, and again for others', async () => {
  const build = createBuild()
  await keepBuild(build)
  await keepBuild(build)
  expect(build.made).toEqual(['a'])
  build.inputs = 'b'
  await keepBuild(build)
  expect(await build.output()).toBe('b')
  build.inputs = 'a'
  await keepBuild(build)
  expect(await build.output()).toBe('a')
  expect(build.made).toEqual(['a', 'b', 'a'])
  expect(await readdir(root)).toEqual(['kept'])
})

test('a build that fails half-way leaves the one before it, valid for its own inputs only', async () => {
  const build = createBuild()
  await keepBuild(build)
  const failing = {
    ...build,
    digestInputs: () => 'b',
    async build(folder: string) {
      await writeFile(join(folder, 'app.js'), 'half')
      throw new Error('no such component')
    },
  }
  for (let round = 0; round < 2; round++) {
    await expect(keepBuild(failing)).rejects.toThrow('no such component')
  }
  await keepBuild(build)
  expect(await build.output()).toBe('a')
  expect(build.made).toEqual(['a'])
  expect(await readdir(root)).toEqual(['kept'])
})

test('what a killed build has left is neither taken nor kept', async () => {
  await mkdir(join(root, 'kept.draft-killed'))
  await writeFile(join(root, 'kept.draft-killed/app.js'), 'half')
  const build = createBuild()
  await keepBuild(build)
  expect(await build.output()).toBe('a')
  expect(await readdir(root)).toEqual(['kept'])
})

test('a source that is saved during the build leads to another one', async () => {
  const build = createBuild()
  const meanwhile = {
    ...build,
    async build(folder: string) {
      await build.build(folder)
      build.inputs = 'b'
    },
  }
  await keepBuild(meanwhile)
  await keepBuild(build)
  // Nor does it help that the source is then as it was before.
  build.inputs = 'a'
  await keepBuild(build)
  expect(build.made).toEqual(['a', 'b', 'a'])
})

test('the digest follows names and contents, and no times', async () => {
  await mkdir(join(root, 'pages'))
  await writeFile(join(root, 'pages/home.vue'), 'home')
  const digests = [digestFiles(root)]
  await utimes(join(root, 'pages/home.vue'), 1, 1)
  expect(digestFiles(root)).toBe(digests[0])

  await writeFile(join(root, 'pages/home.vue'), 'hom3')
  digests.push(digestFiles(root))
  await writeFile(join(root, 'pages/mine.vue'), '')
  digests.push(digestFiles(root))
  await rm(join(root, 'pages/home.vue'))
  await writeFile(join(root, 'pages/homes.vue'), 'hom3')
  digests.push(digestFiles(root))
  expect(new Set(digests).size).toBe(digests.length)
})

test('the digest leaves out what it is asked to, and links to nowhere', async () => {
  await mkdir(join(root, 'docs'))
  await writeFile(join(root, 'docs/guide.md'), 'one')
  await symlink('nobody@nowhere:1', join(root, '.#home.vue'))
  const digest = () => digestFiles(root, (path) => path !== 'docs/')
  const before = digest()
  await writeFile(join(root, 'docs/guide.md'), 'two')
  expect(digest()).toBe(before)
  await writeFile(join(root, 'docs.md'), '')
  expect(digest()).not.toBe(before)
})
