// The uni-app project is the repository's root. uni reads UNI_INPUT_DIR while it is
// imported, so it has to be set first; in vite.config.ts it would be too late.
process.env.UNI_INPUT_DIR = process.cwd()
await import('@dcloudio/vite-plugin-uni/bin/uni.js')
