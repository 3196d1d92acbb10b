import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findEntries, type Entry } from './entries'

/** What the package has of the repository's own package.json, as far as that has it. */
const SHARED = [
  ...['name', 'version', 'description', 'license', 'keywords'],
  ...['repository', 'homepage', 'bugs', 'sideEffects', 'peerDependencies'],
]

/** Writes the package's own package.json. */
export async function writeManifest(folder: string): Promise<void> {
  const root = JSON.parse(await readFile('package.json', 'utf8')) as Record<string, unknown>
  const manifest = {
    ...Object.fromEntries(SHARED.filter((key) => key in root).map((key) => [key, root[key]])),
    type: 'module',
    // What resolves modules without `exports` would find the components' sources, which use what no entry declares.
    typesVersions: {
      '*': {
        'components/*.vue': ['./components/*.vue.d.ts'],
        'pages/*.vue': ['./pages/*.vue.d.ts'],
      },
    },
    main: './index.js',
    types: './index.d.ts',
    bin: { watchword: 'bin/watchword.mjs' },
    exports: {
      ...Object.fromEntries(findEntries().map(exportOf)),
      './global': { types: './global.d.ts' },
      './components/*.vue': withTypes('./components/*.vue', './components/*.vue.d.ts'),
      './pages/*.vue': withTypes('./pages/*.vue', './pages/*.vue.d.ts'),
      './package.json': './package.json',
    },
  }
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

function exportOf({ name, specifier }: Entry) {
  return [specifier.replace('watchword', '.'), withTypes(`./${name}.js`, `./${name}.d.ts`)]
}

/** Conditions are tried in this order. */
function withTypes(file: string, types: string) {
  return { types, default: file }
}
