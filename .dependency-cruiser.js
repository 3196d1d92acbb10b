// Which folder may import from which, types included. `npm run lint` holds the code to it.

const vue = ['npm:vue', 'npm:@dcloudio/uni-app']
const wire = ['node:', 'npm:']

/** From → may import, beside itself: folders and files of this repository, packages, node's own modules. */
const mayImport = {
  // The package: the arrows run downwards, and only `uni` and `createAuth` join the core and its host.
  'src/auth/': [],
  'src/uni/': ['src/auth/'],
  'src/createAuth.ts': ['src/auth/', 'src/uni/'],
  'src/locale/': vue,
  'src/host/': ['src/uni/', ...vue],
  'src/forms/': ['src/uni/', 'src/host/', 'src/locale/', ...vue],
  'src/adapters/': ['src/auth/'],
  'src/signIn/': ['src/auth/', 'src/uni/', 'src/host/'],
  'src/store/': ['src/auth/', 'src/uni/', 'npm:pinia', ...vue],
  'src/components/': [
    'src/auth/',
    'src/uni/',
    'src/forms/',
    'src/locale/',
    'src/signIn/',
    'src/store/',
    ...vue,
  ],
  'src/pages/': [
    'src/auth/',
    'src/components/',
    'src/host/',
    'src/locale/',
    'src/signIn/',
    'src/store/',
    'src/uni/',
    ...vue,
  ],
  'src/index.ts': ['src/'],
  // The app takes what the package exports, as everybody's does.
  'example/|main.ts|App.vue': [
    'src/index.ts',
    'src/adapters/index.ts',
    'src/forms/index.ts',
    'src/host/index.ts',
    'src/signIn/index.ts',
    'src/(components|pages|forms)/\\w+.vue',
    'example/',
    'App.vue',
    'npm:pinia',
    ...vue,
  ],
  // Client, server, its checks and simulator meet on the wire only.
  'server/src/': wire,
  'server/tests/': ['server/', ...wire],
  'conform/src/': ['node:'],
  'conform/tests/': ['conform/', 'server/', 'simulator/src/', 'docs/.vitepress/', ...wire],
  'simulator/src/': wire,
  'simulator/tests/': ['simulator/', ...wire],
  // The package's command.
  'cli/': ['node:', 'npm:vue', 'npm:@vue', 'npm:@babel/types', 'npm:diff', 'npm:jsonc-parser'],
  // What builds and measures.
  'build/': wire,
  'scripts/': ['src/', 'server/src/index.ts', 'simulator/src/', ...wire],
  'docs/': wire,
  'bench/': [
    'src/',
    'package.json',
    'scripts/',
    'tests/support/',
    'server/',
    'simulator/src/',
    ...wire,
  ],
  // They show that what is measured beside other libraries is measured rightly.
  'tests/unit/bench/': ['bench/peers/', 'tests/support/', ...wire],
  'tests/(?!unit/bench/)': [
    '.dependency-cruiser.js',
    'src/',
    'docs/',
    'example/',
    'cli/',
    'build/',
    'scripts/',
    'server/',
    'simulator/',
    ...wire,
  ],
}

const pathOf = (place) =>
  place.startsWith('npm:')
    ? `^node_modules/${place.slice(4)}${place === 'npm:' ? '' : '(/|$)'}`
    : `^(${place.replaceAll('.', '\\.')})`

function ruleOf([from, places]) {
  const allowed = [from, ...places.filter((place) => place !== 'node:')]
  return {
    name: `imports of ${from}`,
    comment: `may import ${['itself', ...places].join(', ')}`,
    severity: 'error',
    from: { path: pathOf(from) },
    to: {
      pathNot: allowed.map(pathOf),
      ...(places.includes('node:') && { dependencyTypesNot: ['core'] }),
    },
  }
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-missing-modules', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...Object.entries(mayImport).map(ruleOf),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.app.json' },
    doNotFollow: { path: 'node_modules' },
    // Modules that npm puts into a workspace's own folder are no sources.
    exclude: { path: ['(^|/)dist/', '/fixtures/', '^\\w+/node_modules/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.vue', '.d.ts', '.js', '.mjs', '.json'],
    },
  },
}
