import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'

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
    files: ['{src,example}/**/*.{ts,vue}'],
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
  {
    files: ['src/auth/**/*.ts'],
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
    // Beside .oxlintrc.json, which has these rules for what is not a component.
    files: ['{src,example,simulator/src}/**/*.vue', 'App.vue'],
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.vue'] },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
  {
    files: [
      '{build,bench,scripts}/**',
      '*.config.{js,ts}',
      'server/**',
      'simulator/**',
      'tests/**',
    ],
    languageOptions: { globals: globals.node },
  },
  prettier,
)
