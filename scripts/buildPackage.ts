// `npm run build:package`: the package in dist/package, and as the file that `npm install` takes.
import { packFolder } from './package/packFolder'
import { writePackage } from './package/writePackage'

await writePackage('dist/package')
const { filename, size, files } = await packFolder('dist/package', 'dist')
console.log(`dist/package: ${files.length} files`)
console.log(`dist/${filename}: ${size.toLocaleString('en')} bytes`)
