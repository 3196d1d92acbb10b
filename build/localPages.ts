import { isIP } from 'node:net'
import type { Plugin } from 'vite'

/**
 * Answers 403 to pages of other sites. The version of Vite that uni-app needs lets them read the sources, and
 * answers to any name (https://github.com/vitejs/vite/security/advisories/GHSA-vg6x-rcgg-rjx6). Phones of the
 * same network come by address.
 */
export function localPages(): Plugin {
  return {
    name: 'local-pages',
    apply: 'serve',
    configureServer({ middlewares }) {
      middlewares.use(({ headers: { host = '', origin } }, response, next) => {
        const isOwnPage = origin === undefined || hostOf(origin) === host
        if (isOwnPage && isLocalName(host)) return next()
        response.writeHead(403).end()
      })
    },
  }
}

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : undefined)

/** A name that no other site can have pointed here: DNS rebinding needs one of the site's own. */
function isLocalName(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  return isIP(name) !== 0 || name.toLowerCase() === 'localhost'
}
