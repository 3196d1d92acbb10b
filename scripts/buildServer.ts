// `npm run build:server`: the backend in dist/server, as a folder to copy to a machine or to build an
// image from.
import { writeServer } from './server/writeServer'

await writeServer('dist/server')
console.log('dist/server: run `npm ci --omit=dev` in it, then `node dist/main.js`')
console.log('or build an image: `docker build --tag watchword-server dist/server`')
