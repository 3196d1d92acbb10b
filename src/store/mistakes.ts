import { pageOf } from '../auth/errors'

// As in auth/errors.ts.
declare const process: { env: { NODE_ENV?: string } }

/** What the app's setup lacks, and what to do. `docs/errors.md` has a line for every one. */
export const setupMistakes = {
  no_pinia:
    'no Pinia is active yet: call useAuthStore() where it runs after app.use(createPinia())',
  no_plugin:
    "watchword's plugin is not installed: call app.use(createAuthPlugin(auth)) after app.use(createPinia())",
  other_app:
    "watchword's plugin is installed in another app: call app.use(createAuthPlugin(auth)) in this one too, after its Pinia",
  two_copies:
    'the app has two copies of watchword: keep the npm package or the uni_modules plugin, let `npm ls watchword` show one at most, and name it in resolve.dedupe of vite.config.ts',
} as const

/** Why no prompt can be shown, and what to add. `docs/errors.md` has a line for every one. */
export const promptGaps = {
  no_prompt_page:
    'the page has no sheet and createAuthPlugin no promptPage: add <AuthSheet /> and, with the npm package, its line under "easycom" in pages.json, or the option',
  no_page_entry: 'pages.json has no such page: add the promptPage to its "pages"',
  not_opened:
    'the promptPage did not open: make it a page that is no tab, and keep fewer than ten pages open',
  no_sheet:
    'the promptPage shows no sheet: put <PromptPage /> on it, and add the line for it under "easycom" in pages.json; with the uni_modules plugin, let it be the pages/prompt-page/prompt-page of that',
} as const

export type PromptGap = keyof typeof promptGaps

/** @returns the error, whose message is the code and the page to read in production */
export function setupError(code: keyof typeof setupMistakes): Error {
  return new Error(
    process.env.NODE_ENV === 'production'
      ? pageOf(code, 'setup')
      : `${code}: ${setupMistakes[code]}`,
  )
}

/** The detail of the warning: a name in production. */
export function gapText(gap: PromptGap): string {
  return process.env.NODE_ENV === 'production' ? gap : promptGaps[gap]
}
