import type { Plugin } from 'vite'

/**
 * `uni build --sourcemap` writes no maps for mini-programs by itself: uni-app turns them on in
 * HBuilderX only. With this they are in `.sourcemap/mp-weixin` beside the output, which stays the same.
 */
export function sourceMaps(): Plugin {
  return {
    name: 'source-maps',
    enforce: 'post',
    config: () =>
      process.env.UNI_APP_SOURCEMAP === 'true' ? { build: { sourcemap: 'hidden' } } : undefined,
  }
}
