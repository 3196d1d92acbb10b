import { Hono } from 'hono'
import type { Avatars } from '../avatars/avatars'
import { isAvatarName } from '../avatars/name'
import { rewritePicture, UnsupportedPictureError } from '../avatars/rewrite'
import { answer, type AppEnv } from '../http/answer'
import { atMost } from '../http/atMost'
import type { AvatarAddress } from '../http/avatarAddress'
import { readFormFile } from '../http/form'
import { limited, type Limits } from '../http/limits'
import { Problem } from '../http/problem'
import { requires } from '../http/requires'

/** The largest picture taken, in bytes. */
const maxSize = 2 * 1024 * 1024
/** How many uploads may be under way: their bodies need at most twice 64 MiB. */
const maxUploads = 32
const year = 31_536_000

/** `POST /auth/avatar`, and `GET /avatars/<name>` for everyone who knows the name. */
export function avatarRoutes(avatars: Avatars, address: AvatarAddress, limits: Limits) {
  return new Hono<AppEnv>()
    .post(
      '/auth/avatar',
      requires('session', 'second-proof'),
      limited(limits, 'uploads'),
      atMost(maxUploads),
      async (c) => {
        const file = await readFormFile(c, maxSize)
        const picture = await rewritePicture(file).catch((error: unknown) => {
          throw error instanceof UnsupportedPictureError
            ? new Problem('unsupported-picture')
            : error
        })
        const issued = await avatars.issue(c.get('session').identityId, picture)
        if (issued.is === 'refused') {
          const headers = { 'Retry-After': String(issued.seconds) }
          throw new Problem('too-many-requests', { headers })
        }
        return answer(c, { avatarUrl: address.of(issued.name) })
      },
    )

    .get('/avatars/:name', async (c) => {
      const name = c.req.param('name')
      const picture = isAvatarName(name) && (await avatars.find(name))
      if (!picture) throw new Problem('not-found')
      return c.body(Buffer.from(picture), 200, {
        'Content-Type': 'image/webp',
        // Opened by itself, it is a picture in an origin of its own, which may load nothing.
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Content-Disposition': 'inline; filename="avatar.webp"',
        'Cache-Control': `public, max-age=${year}, immutable`,
      })
    })
}
