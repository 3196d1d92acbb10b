// `npm start`. In plain JavaScript, so that the terminal has a first line before TypeScript can run.
const asksForHelp = process.argv.slice(2).some((option) => ['--help', '-h'].includes(option))
if (!asksForHelp) console.log('starting the backend, WeChat’s stand-in and the workbench …')
await import('./typescript.mjs')
await import('./start.ts')
