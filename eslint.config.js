import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'

const wireOnly = {
  regex: '^(\\.\\./)+(server|simulator|scripts|tests|bench)(/|$)|^@watchword/',
  message: 'Client, server and simulator meet on the wire only.',
}

/** Which way the arrows run: a folder of src may not import from those above it. */
const arrows = [
  [
    'src/auth',
    [
      'platform/(?!(platform|uniPlatform)$)',
      'store',
      'forms',
      'components',
      'locale',
      'pages',
      'index',
    ],
  ],
  ['src/platform', ['store', 'forms', 'components', 'locale', 'pages', 'index']],
  ['src/forms', ['store', 'components', 'pages', 'index']],
  ['src/locale', ['auth', 'platform', 'store', 'forms', 'components', 'pages', 'index']],
  ['src/store', ['components', 'pages', 'index']],
  ['src/components', ['pages', 'index']],
].map(([folder, above]) => ({
  files: [`${folder}/**/*.{ts,vue}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          wireOnly,
          {
            regex: `^(\\.\\./)+(${above.join('|')})`,
            message: `${folder} imports nothing from above it (see docs/architecture.md).`,
          },
          ...(folder === 'src/auth'
            ? [{ regex: '^[^.]', message: 'The client core has no dependency.' }]
            : []),
        ],
      },
    ],
  },
}))

export default ts.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/.data/**',
      'server/drizzle/**',
      'unpackage/**',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.{ts,vue}'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // TypeScript finds undefined names itself, and knows the platform's globals.
      'no-undef': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['src/**/*.{ts,vue}'],
    rules: {
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  {
    files: ['**/*.vue'],
    rules: {
      'no-restricted-exports': 'off',
      'vue/multi-word-component-names': 'off',
      // view, text and button are the mini-program's own tags.
      'vue/no-reserved-component-names': 'off',
      'vue/no-deprecated-filter': 'off',
    },
  },
  ...arrows,
  {
    files: ['src/auth/**/*.ts', 'src/platform/platform.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['uni', 'wx', 'setTimeout', 'clearTimeout', 'window', 'document'].map((name) => ({
          name,
          message: 'The core touches its host only through a Platform.',
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is injected: platform.now().' },
        { object: 'Math', property: 'random', message: 'Chance is injected.' },
      ],
    },
  },
  {
    // States are unions: a switch over one handles them all, which the compiler alone does not ask for.
    files: ['src/auth/**/*.ts', 'src/forms/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        // A default says which states it leaves out: `state satisfies …`.
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['src/pages/**/*.{ts,vue}', 'main.ts', 'App.vue'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            wireOnly,
            {
              regex: '/(auth|platform|store|forms)/',
              message: 'Pages import from src/index.ts only.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['server/**/*.ts', 'simulator/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              // Relative paths out of the workspace are refused by its tsconfig's rootDir.
              regex: '^(watchword|@watchword/)',
              message: 'Client, server and simulator meet on the wire only.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['scripts/**', '*.config.{js,ts}', 'server/**', 'simulator/**', 'tests/**'],
    languageOptions: { globals: globals.node },
  },
  prettier,
)
