// `npm start`. In plain JavaScript, so that the terminal has a first line before TypeScript can run.
console.log('starting the backend, WeChat’s stand-in and the workbench …')
const [{ register }, { register: registerTsx }] = await Promise.all([
  import('node:module'),
  import('tsx/esm/api'),
])
registerTsx()
// Registered last, it is asked first.
register('./plainPackages.mjs', import.meta.url)
await import('./start.ts')
