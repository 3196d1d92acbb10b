// `node --import` this file to run scripts in TypeScript; starts in half of the time that tsx takes.
import { register } from 'node:module'
import { register as registerTsx } from 'tsx/esm/api'

registerTsx()
// Registered last, it is asked first.
register('./plainPackages.mjs', import.meta.url)
