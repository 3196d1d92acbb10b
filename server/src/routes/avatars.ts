import { Hono } from 'hono'
import type { Avatars } from '../avatars/avatars'
import { isAvatarName } from '../avatars/files'
import { imageTypeOf } from '../avatars/imageType'
import { answer, type AppEnv } from '../http/answer'
import type { AvatarAddress } from '../http/avatarAddress'
import { receiveBody } from '../http/body'
import { readFormFile } from '../http/form'
import { limited, type Limits } from '../http/limits'
import { Problem } from '../http/problem'
import { requires } from '../http/requires'

/** The largest picture taken, in bytes. */
const maxSize = 2 * 1024 * 1024
/** Room for the rest of a form: boundaries, headers, other fields. */
const formMargin = 64 * 1024
const year = 31_536_000

/** Reads the body of an upload, which may be larger than others. */
export function receiveAvatar() {
  return new Hono<AppEnv>().post('/auth/avatar', receiveBody(maxSize + formMargin))
}

/** `POST /auth/avatar`, and `GET /avatars/<name>` for everyone who knows the name. */
export function avatarRoutes(avatars: Avatars, address: AvatarAddress, limits: Limits) {
  return new Hono<AppEnv>()
    .post('/auth/avatar', requires('session'), limited(limits, 'uploads'), async (c) => {
      const file = await readFormFile(c)
      if (file.size > maxSize) throw new Problem('body-too-large')
      const bytes = Buffer.from(await file.arrayBuffer())
      const type = imageTypeOf(bytes)
      if (!type) throw new Problem('unsupported-picture')
      const name = await avatars.issue(c.get('session').identityId, bytes, type)
      return answer(c, { avatarUrl: address.of(c, name) })
    })

    .get('/avatars/:name', async (c) => {
      const name = c.req.param('name')
      const picture = isAvatarName(name) && (await avatars.find(name))
      if (!picture) throw new Problem('not-found')
      return c.body(picture.bytes, 200, {
        'Content-Type': picture.type,
        // Bytes that only begin like a picture must not become a page of this origin.
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': `public, max-age=${year}, immutable`,
      })
    })
}
