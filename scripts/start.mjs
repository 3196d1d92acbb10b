// `npm start`. In plain JavaScript, so that the terminal has a first line before TypeScript can run.
console.log('starting the backend, WeChat’s stand-in and the workbench …')
await import('./typescript.mjs')
await import('./start.ts')
