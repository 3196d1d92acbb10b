import type { Texts } from './texts'

const files = (count: number) => (count === 1 ? '1 file' : `${count} files`)

export const en: Texts = {
  help: `Usage: watchword init [--yes] [--dry-run]

Adds watchword to the uni-app project in this folder: the easycom rules and the prompt page in
pages.json (or pages.config.ts), auth.ts, and the plugin in main.ts. It shows the changes and asks
before it writes. It only adds lines: all that is in your files stays as it is.

  -y, --yes      write without asking
  --dry-run      show the changes, write nothing
  -h, --help     show this text

Exit codes: 0, all is set up; 1, nothing was written; 2, wrong usage; 3, some lines are left for you
to add.
`,
  wouldChange: 'watchword init makes these changes:',
  confirm: (count) => `Write ${files(count)}? (y/N) `,
  yes: ['y', 'yes'],
  done: (count) => `Wrote ${files(count)}.`,
  allThere: 'watchword is already set up in this project. Nothing to change.',
  unchanged: 'Nothing was written.',
  notAsked: 'Nothing was written, because there is no terminal to ask at. Add --yes to write.',
  byHand: 'Add these lines yourself:',
  reason(reason) {
    switch (reason.code) {
      case 'conditional':
        return 'conditional comments (#ifdef) compile this place for some platforms only'
      case 'no_pages':
        return 'it lists no page yet; make the page first that your app opens with'
      case 'not_literal':
        return 'the value is not written out there'
      case 'component_taken':
        return 'an easycom rule of yours names one of these components'
      case 'no_app':
        return 'it has no single statement like const app = createSSRApp(App)'
      case 'pinia_elsewhere':
        return `${reason.where} creates a Pinia; add app.use(…) after the app gets it`
      case 'name_taken':
        return `it uses the name ${reason.name} for something else; import it under another`
      case 'pages_elsewhere':
        return 'your pages are in another folder; make this file there, and change promptPage'
    }
  },
  steps: 'What is left for you:',
  step(step) {
    switch (step.do) {
      case 'install':
        return `Install what is missing: ${step.command}`
      case 'set_api_base':
        return `Set your backend's address in ${step.file}: VITE_API_BASE=http://127.0.0.1:3000`
      case 'name_app':
        return `Add appName: '…' beside promptPage in ${step.file}: the sheet shows it.`
      case 'place_sheet':
        return 'Put <AuthSheet /> on the pages that send requests: a prompt then opens as a sheet there.'
      case 'build_twice':
        return `Build twice, or start dev a second time. The first time writes pages.json from ${step.config}, but uni-app has read the easycom rules before.`
    }
  },
  docs: 'How to send requests: node_modules/watchword/README.md',
  problem(problem) {
    switch (problem.code) {
      case 'no_project':
        return 'This folder has no uni-app project. Run watchword init beside its package.json: it looks for main.ts (or main.js) and pages.json, in src/ or here.'
      case 'vue_2':
        return `${problem.path} says that this is a Vue 2 project. watchword needs Vue 3.`
      case 'unreadable':
        return `${problem.path} has a syntax error in line ${problem.line}, column ${problem.column}. Correct it, and run watchword init again.`
      case 'not_utf8':
        return `${problem.path} is not UTF-8. Save it as UTF-8, and run watchword init again.`
      case 'changed_meanwhile':
        return `${problem.path} was changed meanwhile. Run watchword init again.`
      case 'not_written':
        return `${problem.path} could not be written. All files are as they were.`
    }
  },
}
